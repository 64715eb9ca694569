package caisson.vmm;

/** What a virtual machine's network card leads to. */
public enum VmNetwork {
  /** Nothing. */
  NONE,
  /** The world, through a user-mode network stack in a namespace of the machine's own. */
  USER
}
