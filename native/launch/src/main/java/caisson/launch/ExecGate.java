package caisson.launch;

import caisson.libc.Descriptors;
import caisson.libc.PollSet;
import caisson.libc.Seccomp;
import caisson.libc.Sockets;

/**
 * Lets exactly one execve through the filter. The filter hands execve to a listener; the child
 * sends the listener to the launcher, which answers the first call with "go on" and closes it. From
 * then on the kernel answers every execve with ENOSYS, and if the launcher dies before, the first
 * one too: no argument, address or descriptor number that a program could imitate is involved. The
 * child waits at the gate until everything outside is ready.
 */
final class ExecGate {
  private final int launcher;
  private final int child;

  ExecGate() {
    int[] ends = Sockets.pair(Sockets.SOCK_STREAM);
    launcher = ends[0];
    child = ends[1];
  }

  /** In the child: installs the filter; the next execve waits for the launcher. */
  void close(byte[] filter) {
    int listener = Seccomp.installWithListener(filter);
    Sockets.sendDescriptor(child, listener);
    Descriptors.close(listener);
  }

  /** In the launcher, after the fork. */
  void leaveToChild() {
    Descriptors.close(child);
  }

  /** In the launcher: waits for the child's execve and lets it pass; false if the child ended. */
  boolean open() {
    var received = Sockets.receiveDescriptor(launcher);
    Descriptors.close(launcher);
    if (received.isEmpty()) {
      return false;
    }
    int listener = received.get();
    try (PollSet set = new PollSet()) {
      set.add(listener, PollSet.POLLIN);
      set.await(-1);
      boolean called = (set.events(0) & PollSet.POLLIN) != 0;
      if (called) {
        Seccomp.letOneCallPass(listener);
      }
      return called;
    } finally {
      Descriptors.close(listener);
    }
  }
}
