package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;

/**
 * A network of IPv4 addresses.
 *
 * @param base its first address
 * @param prefix the bits that all addresses have in common
 */
public record Subnet(Ipv4 base, int prefix) {
  private static final int BITS = 32;

  public Subnet {
    if (prefix < 0 || prefix > BITS || (base.bits() & ~mask(prefix)) != 0) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, base + "/" + prefix + " is no network of IPv4 addresses");
    }
  }

  /** {@code 172.30.0.0/16}; the bits after the prefix are zeros. */
  public static Subnet parse(String text) {
    int slash = text.indexOf('/');
    try {
      if (slash >= 0) {
        return new Subnet(
            Ipv4.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
      }
    } catch (NumberFormatException e) {
      // reported below, like a text without a prefix
    }
    throw new CaissonException(
        ErrorCode.INVALID_ARGUMENT,
        "\"" + text + "\" is no network: write an address and a prefix, like 172.30.0.0/16");
  }

  private static int mask(int prefix) {
    return prefix == 0 ? 0 : -1 << (BITS - prefix);
  }

  /** The address of the bridge, by which the others reach the world. */
  public Ipv4 gateway() {
    return base.plus(1);
  }

  /** Whether it is one of this network's. */
  public boolean contains(Ipv4 address) {
    return (address.bits() & mask(prefix)) == base.bits();
  }

  boolean overlaps(Subnet other) {
    return contains(other.base) || other.contains(base);
  }

  /** How many addresses there are for machines: not the first two, and not the last. */
  int machines() {
    return prefix == BITS ? 0 : Math.clamp((1L << (BITS - prefix)) - 3, 0, Integer.MAX_VALUE);
  }

  /** {@code address} with the prefix's length. */
  public String with(Ipv4 address) {
    return address + "/" + prefix;
  }

  @Override
  public String toString() {
    return with(base);
  }
}
