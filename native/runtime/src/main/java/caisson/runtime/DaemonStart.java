package caisson.runtime;

import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.PollSet;
import caisson.libc.Processes;
import caisson.libc.Signals;
import java.util.List;
import java.util.Optional;

/**
 * Starts the daemon: in a session of its own, with nothing open of the caller's, in the root of the
 * cgroup tree, so that nothing that ends the caller ends it.
 */
final class DaemonStart {
  private static final int STEP = 50;
  private static final int STEPS = 1200;
  private static final String ROOT_CGROUP = "/sys/fs/cgroup/cgroup.procs";

  private final String program;
  private final String socket;

  DaemonStart(String program, String socket) {
    this.program = program;
    this.socket = socket;
  }

  /** Returns when somebody listens, or after a minute. */
  void run() {
    int child = Processes.fork();
    if (child == 0) {
      detach();
    }
    Processes.await(child);
    Daemon daemon = new Daemon(socket, Optional.empty());
    try (PollSet nothing = new PollSet()) {
      boolean up = false;
      for (int step = 0; step < STEPS && !up; step++) {
        nothing.await(STEP);
        Optional<Integer> fd = daemon.connect();
        up = fd.isPresent();
        fd.ifPresent(Descriptors::close);
      }
    }
  }

  private void detach() {
    try {
      Processes.newSession();
      if (Processes.fork() == 0) {
        leaveCgroup();
        int nothing = Files.open("/dev/null", Files.O_RDWR);
        for (int fd = 0; fd < 3; fd++) {
          Descriptors.duplicateTo(nothing, fd);
        }
        Descriptors.closeFrom(3);
        Signals.resetAll();
        Signals.blockOnly();
        Files.changeDirectory("/");
        Processes.execute(
            program,
            List.of(program, "--socket", socket),
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
      }
    } catch (ErrnoException e) {
      // Nobody will listen, and that is what the caller hears.
    }
    Processes.exit(0);
  }

  private static void leaveCgroup() {
    try {
      Files.write(ROOT_CGROUP, "0");
    } catch (ErrnoException e) {
      // Another layout of cgroups, or not root: it stays where it is.
    }
  }
}
