package caisson.runtime;

import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Sockets;
import caisson.libc.Terminals;
import java.nio.charset.StandardCharsets;

/**
 * A pseudo-terminal of the host for a process whose real one is in the guest: its master goes to
 * whoever asked for it, its other side passes every byte on.
 */
record Console(int slave) {
  /** Makes one and hands its master over the Unix socket at {@code path} (SCM_RIGHTS). */
  static Console to(String path) {
    int socket = Sockets.open(Sockets.AF_UNIX, Sockets.SOCK_STREAM, 0);
    int master = -1;
    try {
      Sockets.connect(socket, Sockets.unixAddress(path), path);
      master = Terminals.openMaster("/dev/ptmx");
      int slave = Terminals.openPeer(master);
      Terminals.makeRaw(slave);
      String name = "/dev/pts/" + Terminals.number(master);
      Sockets.sendDescriptor(socket, name.getBytes(StandardCharsets.UTF_8), master);
      return new Console(slave);
    } finally {
      Descriptors.close(socket);
      if (master >= 0) {
        Descriptors.close(master);
      }
    }
  }

  /** Whether standard input is a terminal. */
  static boolean isAtHand() {
    try {
      Terminals.size(0);
      return true;
    } catch (ErrnoException e) {
      return false;
    }
  }

  /** Makes it the process's standard streams and the terminal of its session. */
  void take() {
    for (int fd = 0; fd < 3; fd++) {
      Descriptors.duplicateTo(slave, fd);
    }
    Terminals.setControlling(0);
  }
}
