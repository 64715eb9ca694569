package caisson.agent.container;

import caisson.libc.Namespaces;
import java.util.List;
import java.util.Optional;

/** What a container has together with its neighbours, instead of having it alone. */
final class SharedNamespaces {
  static final SharedNamespaces NONE = new SharedNamespaces(List.of());

  private static final int POSSIBLE =
      Namespaces.CLONE_NEWUTS | Namespaces.CLONE_NEWIPC | Namespaces.CLONE_NEWPID;

  private final List<Neighbour> neighbours;

  private SharedNamespaces(List<Neighbour> neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * Of a container whose own namespaces are {@code own}.
   *
   * @throws ContainerFailure INVALID if there can be no such container, CONFLICT if a neighbour has
   *     ended
   */
  static SharedNamespaces of(List<Neighbour> neighbours, int own) {
    int taken = own;
    for (Neighbour neighbour : neighbours) {
      int bits = neighbour.namespaces();
      SetupCheck.demand((bits & ~POSSIBLE) == 0, "such namespaces cannot be shared: " + bits);
      SetupCheck.demand((bits & taken) == 0, "a container is in one namespace of each kind");
      neighbour.container().requireAlive();
      taken |= bits;
    }
    return new SharedNamespaces(List.copyOf(neighbours));
  }

  /** CLONE_NEW* bits of all of them. */
  int kinds() {
    int kinds = 0;
    for (Neighbour neighbour : neighbours) {
      kinds |= neighbour.namespaces();
    }
    return kinds;
  }

  /** Whose process namespace it is in; empty if it is in one of its own or the machine's. */
  Optional<GuestContainer> processes() {
    for (Neighbour neighbour : neighbours) {
      if ((neighbour.namespaces() & Namespaces.CLONE_NEWPID) != 0) {
        return Optional.of(neighbour.container());
      }
    }
    return Optional.empty();
  }

  /** Moves the calling child into them; into that of processes it has been forked. */
  void enter() {
    for (Neighbour neighbour : neighbours) {
      int kinds = neighbour.namespaces() & ~Namespaces.CLONE_NEWPID;
      if (kinds != 0) {
        Namespaces.enter(neighbour.container().init(), kinds);
      }
    }
  }
}
