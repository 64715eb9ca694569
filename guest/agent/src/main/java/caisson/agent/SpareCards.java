package caisson.agent;

import caisson.libc.Directory;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Interfaces;
import caisson.libc.Namespaces;

/**
 * Network cards, which every machine has and not every container uses. A container lives in the
 * network namespace that the agent is in, so they wait, until the host names them, in one that no
 * process is in.
 */
final class SpareCards {
  private static final String INTERFACES = "/sys/class/net";
  private static final String CARD = "eth";
  private static final String OWN = "/proc/self/ns/net";
  private static final int NONE = -1;

  private final int own;
  private final int spare;

  private SpareCards(int own, int spare) {
    this.own = own;
    this.spare = spare;
  }

  /** Puts all cards away. What fails is said, and those cards stay in sight. */
  static SpareCards hide(Console console) {
    try {
      int own = Files.open(OWN, Files.O_RDONLY);
      Namespaces.unshare(Namespaces.CLONE_NEWNET);
      int spare = Files.open(OWN, Files.O_RDONLY);
      Namespaces.enter(own, Namespaces.CLONE_NEWNET);
      for (String name : Directory.names(INTERFACES)) {
        if (name.startsWith(CARD)) {
          Interfaces.move(name, spare);
        }
      }
      return new SpareCards(own, spare);
    } catch (ErrnoException e) {
      console.say("cannot hide the network cards: " + e.getMessage());
      return new SpareCards(NONE, NONE);
    }
  }

  /** Brings the card {@code name} back, if it was put away. */
  void take(String name) {
    if (spare == NONE) {
      return;
    }
    Namespaces.enter(spare, Namespaces.CLONE_NEWNET);
    try {
      Interfaces.move(name, own);
    } catch (ErrnoException notThere) {
      // It is in use already, or the machine has none: whoever sets it up finds out.
    } finally {
      Namespaces.enter(own, Namespaces.CLONE_NEWNET);
    }
  }
}
