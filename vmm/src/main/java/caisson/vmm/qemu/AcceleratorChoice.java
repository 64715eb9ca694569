package caisson.vmm.qemu;

/** How the accelerator is chosen. */
public enum AcceleratorChoice {
  /** KVM if a probe guest boots on it, software emulation otherwise. */
  AUTO,
  KVM,
  TCG
}
