package caisson.agent.container;

import caisson.guest.protocol.ProcessSetup;
import caisson.libc.Descriptors;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import caisson.libc.MountTree;
import caisson.libc.Terminals;

/** A process's terminal, from the container's own devpts. */
final class ProcessTerminal {
  private static final String MULTIPLEXER = "/dev/pts/ptmx";
  private static final String CONSOLE = "/dev/console";
  private static final int TTYAUX_MAJOR = 5;
  private static final int PTMX_MINOR = 2;

  private final int slave;

  private ProcessTerminal(int slave) {
    this.slave = slave;
  }

  /** Makes a terminal of the size that is asked for and sends its master to the agent. */
  static ProcessTerminal open(int root, ProcessSetup process, SetupChannel channel) {
    // A container may have put anything there: nothing that opening waits for, or controls.
    int flags = Files.O_RDWR | Files.O_NOCTTY | Files.O_NONBLOCK;
    int master = Files.openInRoot(root, MULTIPLEXER, flags);
    try {
      FileStatus status = FileStatus.of(master);
      if ((status.mode() & FileStatus.S_IFMT) != FileStatus.S_IFCHR
          || status.specialMajor() != TTYAUX_MAJOR
          || status.specialMinor() != PTMX_MINOR) {
        throw ContainerFailure.invalid(MULTIPLEXER + " in the container makes no terminals");
      }
      Terminals.unlock(master);
      int slave = Terminals.openPeer(master);
      if (process.rows() > 0 && process.columns() > 0) {
        Terminals.setSize(slave, process.rows(), process.columns());
      }
      channel.sendTerminal(master);
      return new ProcessTerminal(slave);
    } finally {
      Descriptors.close(master);
    }
  }

  /** Has the container's console be this terminal. */
  void bindConsole(ContainerRoot root) {
    int target = root.file(CONSOLE).node();
    try (MountTree tree = MountTree.copyOf(slave, false, "terminal")) {
      tree.attach(target, CONSOLE);
    } finally {
      Descriptors.close(target);
    }
  }

  /** Makes it this session's terminal, and standard input, output and error. */
  void take() {
    Terminals.setControlling(slave);
    for (int stream = 0; stream <= 2; stream++) {
      Descriptors.duplicateTo(slave, stream);
    }
    Descriptors.close(slave);
  }
}
