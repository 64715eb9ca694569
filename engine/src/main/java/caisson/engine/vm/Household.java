package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.HashSet;
import java.util.Set;

/** A machine and the containers in it, with the last of which it ends. */
final class Household {
  private final Machine machine;
  private final Clearance clearance;
  private final Set<String> containers = new HashSet<>();
  private boolean left;

  /**
   * A machine with its first container.
   *
   * @param clearance of what nobody needs any more
   */
  Household(Machine machine, Clearance clearance, String first) {
    this.machine = machine;
    this.clearance = clearance;
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

  synchronized boolean isEmpty() {
    return containers.isEmpty();
  }

  /** Ends the machine, which is cleared away later; its ports others may want at once. */
  void abandon() {
    if (machine.link().endpoint().ports().isEmpty()) {
      clearance.clear(machine);
    } else {
      machine.destroy();
    }
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
