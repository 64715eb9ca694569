package caisson.agent.container;

import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.ProcessSetup;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Keyrings;
import caisson.libc.Processes;
import caisson.libc.Signals;

/** What every child of the agent's does that is to become a container's process. */
final class ChildProcess {
  private static final int FAILED = 125;

  private ChildProcess() {}

  /** Does {@code setUp}, whose failure ends the child and is told to the agent. */
  static void run(SetupChannel channel, Runnable setUp) {
    try {
      begin();
      setUp.run();
    } catch (ContainerFailure e) {
      channel.sendFailure(e.outcome(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      channel.sendFailure(Outcome.REFUSED, "cannot set the process up: " + e.getMessage());
    }
    Processes.exit(FAILED);
  }

  /** From here on the container's own processes cannot look into this one. */
  private static void begin() {
    Processes.control("PR_SET_DUMPABLE", Processes.PR_SET_DUMPABLE, 0);
    Processes.newSession();
    Signals.resetAll();
    Signals.blockOnly();
    Files.setMask(0);
  }

  /** The agent's own score is that of a process never to be killed. */
  static void adjustOomScore(int score) {
    int adjusted = score == ProcessSetup.UNSET ? 0 : score;
    Files.write("/proc/self/oom_score_adj", String.valueOf(adjusted));
  }

  /** Keys of the container's processes are seen by them alone; a kernel may have none. */
  static void joinKeyring(String container) {
    try {
      Keyrings.joinSession("_ses." + container);
    } catch (ErrnoException e) {
      if (e.errno() != Errno.ENOSYS) {
        throw e;
      }
    }
  }
}
