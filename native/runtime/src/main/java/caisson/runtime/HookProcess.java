package caisson.runtime;

import caisson.libc.Clock;
import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.ExitStatus;
import caisson.libc.Files;
import caisson.libc.Namespaces;
import caisson.libc.PollSet;
import caisson.libc.Processes;
import caisson.libc.Signals;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A hook that runs, with a pipe to its standard input and one from its outputs. */
final class HookProcess {
  private static final int CLOSED = -1;
  private static final int MOST_TOLD = 4096;
  private static final int NOT_RUN = 127;
  private static final long SECOND = 1_000_000_000;
  private static final long MILLISECOND = 1_000_000;

  private final Hook hook;
  private final int pid;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private int input;
  private int output;
  private int given;

  private HookProcess(Hook hook, int pid, int input, int output) {
    this.hook = hook;
    this.pid = pid;
    this.input = input;
    this.output = output;
  }

  static HookProcess fork(Hook hook, String network) {
    int[] input = Descriptors.pipe(Files.O_CLOEXEC);
    int[] output = Descriptors.pipe(Files.O_CLOEXEC);
    int child = Processes.fork();
    if (child == 0) {
      become(hook, input[0], output[1], network);
    }
    Descriptors.close(input[0]);
    Descriptors.close(output[1]);
    Descriptors.setNonBlocking(input[1], true);
    Descriptors.setNonBlocking(output[0], true);
    return new HookProcess(hook, child, input[1], output[0]);
  }

  private static void become(Hook hook, int input, int output, String network) {
    try {
      Descriptors.duplicateTo(input, 0);
      Descriptors.duplicateTo(output, 1);
      Descriptors.duplicateTo(output, 2);
      if (!network.isEmpty()) {
        Namespaces.enter(Files.open(network, Files.O_RDONLY), Namespaces.CLONE_NEWNET);
      }
      Descriptors.closeFrom(3);
      Signals.resetAll();
      Signals.blockOnly();
      throw Processes.execute(hook.path(), hook.arguments(), hook.environment());
    } catch (ErrnoException e) {
      Descriptors.writeAll(2, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
    }
    Processes.exit(NOT_RUN);
  }

  /** What it has printed, cut off where nobody would read on. */
  String printed() {
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  /** Gives it the state and takes what it prints, until it has ended or its time is over. */
  ExitStatus attend(byte[] state) {
    long end = hook.seconds() == 0 ? Long.MAX_VALUE : now() + hook.seconds() * SECOND;
    int process = Processes.openPidfd(pid);
    boolean over = false;
    try (PollSet set = new PollSet()) {
      while (!over && now() < end) {
        over = turn(set, process, state, end);
      }
    } finally {
      closeInput();
      closeOutput();
      Descriptors.close(process);
    }
    if (!over) {
      Processes.kill(pid, Signals.SIGKILL);
      Processes.await(pid);
      throw hook.failed("it has not ended in " + hook.seconds() + " s");
    }
    return Processes.await(pid);
  }

  private static long now() {
    return Clock.nanoseconds(Clock.CLOCK_MONOTONIC);
  }

  /** Waits for what comes next and deals with it; true when it has ended. */
  private boolean turn(PollSet set, int process, byte[] state, long end) {
    set.clear();
    int ended = set.add(process, PollSet.POLLIN);
    if (output != CLOSED) {
      set.add(output, PollSet.POLLIN);
    }
    if (input != CLOSED) {
      set.add(input, PollSet.POLLOUT);
    }
    set.await(hook.seconds() == 0 ? -1 : (int) ((end - now()) / MILLISECOND) + 1);
    boolean over = set.events(ended) != 0;
    take();
    give(state);
    return over;
  }

  private void give(byte[] state) {
    if (input == CLOSED) {
      return;
    }
    try {
      given += Math.max(0, Descriptors.write(input, state, given, state.length - given));
    } catch (ErrnoException nobodyReads) {
      given = state.length;
    }
    if (given == state.length) {
      closeInput();
    }
  }

  private void closeInput() {
    if (input != CLOSED) {
      Descriptors.close(input);
      input = CLOSED;
    }
  }

  private void take() {
    byte[] buffer = new byte[MOST_TOLD];
    int count = output == CLOSED ? CLOSED : Descriptors.read(output, buffer, 0, buffer.length);
    while (count > 0) {
      printed.write(buffer, 0, Math.min(count, MOST_TOLD - printed.size()));
      count = Descriptors.read(output, buffer, 0, buffer.length);
    }
    if (count == 0) {
      closeOutput();
    }
  }

  private void closeOutput() {
    if (output != CLOSED) {
      Descriptors.close(output);
      output = CLOSED;
    }
  }
}
