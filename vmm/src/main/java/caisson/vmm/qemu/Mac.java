package caisson.vmm.qemu;

import caisson.vmm.VmId;

/** Addresses of network cards, locally administered and made of the machine's id. */
final class Mac {
  private Mac() {}

  /** The address of card {@code card}, 0 to 15, of the machine {@code id}. */
  static String of(VmId id, int card) {
    var address = new StringBuilder(Integer.toHexString(card)).append('2');
    for (int digit = 0; digit < 10; digit += 2) {
      address.append(':').append(id.value(), digit, digit + 2);
    }
    return address.toString();
  }
}
