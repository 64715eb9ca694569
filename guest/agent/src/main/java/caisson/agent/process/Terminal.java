package caisson.agent.process;

import caisson.libc.Descriptors;
import caisson.libc.Terminals;

/**
 * A process's terminal. The agent holds its other side open too while the process runs, so that a
 * program may close all of its own and open them again.
 */
final class Terminal {
  private final int master;
  private final int peer;
  private boolean held = true;

  Terminal(int master) {
    this.master = master;
    this.peer = Terminals.openPeer(master);
  }

  void resize(int rows, int columns) {
    Terminals.setSize(master, rows, columns);
  }

  /** The process has ended. */
  void release() {
    if (held) {
      held = false;
      Descriptors.close(peer);
    }
  }
}
