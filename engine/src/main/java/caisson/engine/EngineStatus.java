package caisson.engine;

/**
 * What the engine runs on.
 *
 * @param accelerator {@code kvm} or {@code tcg}
 * @param acceleratorReason why that one
 * @param guestKernel the guest's kernel release or the path of the kernel file
 */
public record EngineStatus(
    String accelerator, String acceleratorReason, String guestKernel, String qemuVersion) {}
