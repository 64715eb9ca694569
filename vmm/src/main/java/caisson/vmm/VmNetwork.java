package caisson.vmm;

import java.nio.file.Path;

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

  /**
   * A network namespace of somebody else's, who may make its interfaces after the machine has
   * started: nothing moves between them and the card until somebody redirects it.
   *
   * @param namespace its path
   * @param tap the name that the card's other end gets in it
   */
  record Namespace(Path namespace, String tap) implements VmNetwork {}
}
