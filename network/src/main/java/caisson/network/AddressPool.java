package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.BitSet;

/**
 * The addresses of a network that machines have. One that was given back is used again as late as
 * can be: somebody may still send to who had it before.
 */
final class AddressPool {
  private static final int FIRST = 2;
  private static final int MOST = 1 << 16;

  private final Subnet subnet;
  private final int size;
  private final BitSet taken = new BitSet();
  private int next;

  AddressPool(Subnet subnet) {
    this.subnet = subnet;
    this.size = Math.min(MOST, subnet.machines());
  }

  /**
   * Takes one that is free.
   *
   * @throws CaissonException NO_RESOURCES if there is none
   */
  synchronized Ipv4 take() {
    int free = taken.nextClearBit(next);
    if (free >= size) {
      free = taken.nextClearBit(0);
    }
    if (free >= size) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES,
          "no address is free in " + subnet + ": stop containers, or configure a larger subnet");
    }
    taken.set(free);
    next = free + 1;
    return subnet.base().plus(FIRST + free);
  }

  /** Takes one that a running machine has. */
  synchronized void keep(Ipv4 address) {
    int index = index(address);
    if (index >= 0 && index < size) {
      taken.set(index);
    }
  }

  synchronized void release(Ipv4 address) {
    int index = index(address);
    if (index >= 0 && index < size) {
      taken.clear(index);
    }
  }

  private int index(Ipv4 address) {
    return address.bits() - subnet.base().bits() - FIRST;
  }
}
