package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.HashSet;
import java.util.Set;

/** A machine and the containers in it, with the last of which it ends. */
final class Household {
  private final Machine machine;
  private final Set<String> containers = new HashSet<>();
  private boolean left;

  Household(Machine machine, String first) {
    this.machine = machine;
    containers.add(first);
  }

  Machine machine() {
    return machine;
  }

  /**
   * One more, from here on or until it has failed to come in.
   *
   * @throws CaissonException CONFLICT if the machine is ending
   */
  synchronized void join(String container) {
    if (containers.isEmpty() || left) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "the machine whose namespaces container %s is to share is ending".formatted(container));
    }
    containers.add(container);
  }

  /** What a container leaves behind. */
  enum Leaving {
    /** Nobody: the machine is to be ended. */
    EMPTY,
    /** Others, in whose machine it is to be cleared away. */
    INHABITED,
    /** Nothing: it has left before. */
    NOTHING
  }

  /** One less. */
  synchronized Leaving leave(String container) {
    if (!containers.remove(container)) {
      return Leaving.NOTHING;
    }
    return containers.isEmpty() ? Leaving.EMPTY : Leaving.INHABITED;
  }

  /** Whether there is one container alone. */
  synchronized boolean isSingle() {
    return containers.size() == 1;
  }

  /** Lets go of the machine, which runs on for a later daemon. */
  synchronized void letGo() {
    if (!left) {
      left = true;
      machine.agent().close();
      machine.vm().release();
    }
  }
}
