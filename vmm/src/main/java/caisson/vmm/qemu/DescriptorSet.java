package caisson.vmm.qemu;

/**
 * An open file that QEMU was given, under a number by which it opens it as it does a path (QEMU,
 * qapi/misc.json, add-fd).
 */
record DescriptorSet(long id) {
  /** The set of the {@code place}th file that is passed at launch; the first is 1. */
  static DescriptorSet passed(int place) {
    return new DescriptorSet(place);
  }

  String path() {
    return "/dev/fdset/" + id;
  }
}
