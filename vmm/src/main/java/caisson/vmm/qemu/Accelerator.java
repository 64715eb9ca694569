package caisson.vmm.qemu;

/** What carries a guest's instructions. */
enum Accelerator {
  /** The host's hardware virtualization. */
  KVM("kvm"),
  /** QEMU's software emulation. */
  TCG("tcg");

  private final String word;

  Accelerator(String word) {
    this.word = word;
  }

  /** QEMU's word for it. */
  String word() {
    return word;
  }
}
