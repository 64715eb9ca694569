package caisson.vmm;

/**
 * What machines run on.
 *
 * @param accelerator {@code kvm} or {@code tcg}
 * @param reason why that one
 * @param kernel the guest kernel's release, or its file
 */
public record VmmStatus(String accelerator, String reason, String kernel, String qemuVersion) {}
