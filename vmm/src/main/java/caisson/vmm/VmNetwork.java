package caisson.vmm;

/** What a virtual machine's network card leads to. */
public sealed interface VmNetwork {
  VmNetwork NONE = new None();
  VmNetwork USER = new User();

  /** Nothing. */
  record None() implements VmNetwork {}

  /** The world, through a user-mode network stack in a namespace of the machine's own. */
  record User() implements VmNetwork {}

  /**
   * A bridge in the daemon's network namespace.
   *
   * @param tap the name that the card's other end gets on the host
   * @param address what the guest has to set on the card
   */
  record Bridge(String bridge, String tap, GuestAddress address) implements VmNetwork {}
}
