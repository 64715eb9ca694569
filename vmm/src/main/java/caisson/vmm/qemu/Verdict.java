package caisson.vmm.qemu;

/**
 * Which accelerator machines run on.
 *
 * @param reason why, for people
 */
record Verdict(Accelerator accelerator, String reason) {}
