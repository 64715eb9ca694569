package caisson.agent.container;

import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.ExitStatus;
import caisson.libc.PollSet;
import caisson.libc.Processes;
import caisson.libc.Signals;
import caisson.libc.Terminals;
import java.util.Optional;

/**
 * Process 1 of a container that asks for one: passes signals on to the program, its child, reaps
 * whatever is left to it, and ends as the program does. It runs as the program's user, under the
 * program's filter.
 */
final class ReapingInit {
  private static final int SIGNALED = 128;

  /** Those that tell of a fault in this very process, and those that nobody can block. */
  private static final int[] NOT_PASSED_ON = {4, 5, 6, 7, 8, 11, Signals.SIGKILL, 19, 31};

  private static final int LAST = 64;

  private final int signals;
  private final int child;

  private ReapingInit(int signals, int child) {
    this.signals = signals;
    this.child = child;
  }

  /** Forks and stays behind as init; returns in the child only, which is to become the program. */
  static void split(SetupChannel channel) {
    int[] blocked = passedOn();
    Signals.blockOnly(blocked);
    int signals = Signals.open(blocked);
    int child = Processes.fork();
    if (child == 0) {
      Descriptors.close(signals);
      takeTerminal();
      Signals.blockOnly();
    } else {
      channel.closeChildEnd();
      for (int stream = 0; stream <= 2; stream++) {
        Descriptors.close(stream); // the program's alone, so that their end is its own
      }
      new ReapingInit(signals, child).run();
    }
  }

  private static int[] passedOn() {
    int[] all = new int[LAST - NOT_PASSED_ON.length];
    int count = 0;
    for (int signal = 1; signal <= LAST; signal++) {
      boolean excluded = false;
      for (int each : NOT_PASSED_ON) {
        excluded |= each == signal;
      }
      if (!excluded) {
        all[count++] = signal;
      }
    }
    return all;
  }

  /** A group of its own, in front if there is a terminal: it may then stop without its init. */
  private static void takeTerminal() {
    Processes.setGroup(0, 0);
    try {
      Terminals.setForeground(0, Processes.id());
    } catch (ErrnoException noTerminal) {
      // Then there is no front either.
    }
  }

  private void run() {
    try (PollSet poll = new PollSet()) {
      poll.add(signals, PollSet.POLLIN);
      while (true) {
        poll.await(-1);
        int signal = Signals.read(signals);
        if (signal == Signals.SIGCHLD) {
          reap();
        } else if (signal > 0) {
          passOn(signal);
        }
      }
    }
  }

  private void passOn(int signal) {
    try {
      Processes.kill(child, signal);
    } catch (ErrnoException refused) {
      // It has ended, or has made itself somebody else.
    }
  }

  private void reap() {
    Optional<Processes.Ended> ended = Processes.reap();
    while (ended.isPresent()) {
      if (ended.get().pid() == child) {
        Processes.exit(
            switch (ended.get().status()) {
              case ExitStatus.Exited(int code) -> code;
              case ExitStatus.Signaled(int signal) -> SIGNALED + signal;
            });
      }
      ended = Processes.reap();
    }
  }
}
