package caisson.agent.process;

import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Terminals;
import java.util.Optional;

/**
 * A process's terminal. The agent holds its other side open too while the process runs, so that a
 * program may close all of its own and open them again.
 */
final class Terminal {
  private final int master;
  private Optional<Integer> peer;

  Terminal(int master) {
    this.master = master;
    this.peer = openPeer(master);
  }

  private static Optional<Integer> openPeer(int master) {
    try {
      return Optional.of(Terminals.openPeer(master));
    } catch (ErrnoException gone) {
      return Optional.empty(); // the container has unmounted it, and can only harm itself
    }
  }

  void resize(int rows, int columns) {
    Terminals.setSize(master, rows, columns);
  }

  /** The process has ended. */
  void release() {
    peer.ifPresent(Descriptors::close);
    peer = Optional.empty();
  }
}
