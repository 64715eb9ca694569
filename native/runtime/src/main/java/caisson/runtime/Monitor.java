package caisson.runtime;

import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.PollSet;
import caisson.libc.Processes;
import caisson.libc.Signals;
import caisson.libc.Terminals;
import caisson.runtime.link.Frame;
import caisson.runtime.link.Frames;
import caisson.runtime.link.InvalidFrameException;
import java.util.Optional;

/**
 * Stands for a process of a container on the host: carries its streams, passes signals on, and ends
 * as it ends. The daemon may go away and come back meanwhile.
 */
final class Monitor {
  /** The most that poll(2) promises room for in a pipe (pipe(7), PIPE_BUF). */
  private static final int PIECE = 4096;

  private static final int INPUT_PIECE = 32 << 10;
  private static final int RETRY = 100;
  private static final int LOST = 137;

  private final Daemon daemon;
  private final String path;
  private final boolean terminal;
  private final Optional<Integer> machine;
  private final int signals;
  private final Stream out = new Stream(1);
  private final Stream err = new Stream(2);
  private Frames frames = new Frames();
  private boolean inputWaits;
  private boolean inputEnded;
  private Optional<Integer> code = Optional.empty();

  /** Output on its way to one of the descriptors. */
  private static final class Stream {
    final int fd;
    long written;
    byte[] waiting = new byte[0];
    int done;
    boolean broken;

    Stream(int fd) {
      this.fd = fd;
    }

    boolean isWaiting() {
      return done < waiting.length;
    }
  }

  /**
   * A monitor whose streams are at descriptors 0 to 2.
   *
   * @param path the daemon's endpoint for the process
   * @param terminal whether they are a terminal
   * @param machine a descriptor that is readable once the virtual machine has died (pidfd_open(2))
   */
  Monitor(Daemon daemon, String path, boolean terminal, Optional<Integer> machine) {
    this.daemon = daemon;
    this.path = path;
    this.terminal = terminal;
    this.machine = machine;
    int[] forwarded = {
      Signals.SIGHUP,
      Signals.SIGINT,
      Signals.SIGQUIT,
      Signals.SIGUSR1,
      Signals.SIGUSR2,
      Signals.SIGTERM,
      Signals.SIGCONT,
      Signals.SIGWINCH
    };
    Signals.blockOnly(forwarded);
    this.signals = Signals.open(forwarded);
  }

  /**
   * Stands for a process in this one, whose terminal is raw meanwhile.
   *
   * @param machine the virtual machine's process id
   */
  static int here(Daemon daemon, String path, boolean terminal, int machine) {
    Optional<Integer> death = watch(machine);
    if (!terminal) {
      return new Monitor(daemon, path, false, death).run();
    }
    byte[] before = Terminals.makeRaw(0);
    try {
      return new Monitor(daemon, path, true, death).run();
    } finally {
      Terminals.restore(0, before);
    }
  }

  /** A descriptor that tells of a process's death; empty if it is dead. */
  static Optional<Integer> watch(int process) {
    try {
      return Optional.of(Processes.openPidfd(process));
    } catch (ErrnoException dead) {
      return Optional.empty();
    }
  }

  /** Returns the process's exit code when it has ended and all is written. */
  int run() {
    while (code.isEmpty()) {
      try {
        Optional<Integer> link = daemon.upgrade(path);
        if (link.isPresent()) {
          converse(link.get());
          Descriptors.close(link.get());
        } else {
          pause();
        }
      } catch (RuntimeFailure | InvalidFrameException unknown) {
        code = Optional.of(LOST);
      } catch (ErrnoException gone) {
        pause();
      }
    }
    return code.get();
  }

  /** Nobody listens. A later daemon could not tell either how a process ended with its machine. */
  private void pause() {
    try (PollSet set = new PollSet()) {
      machine.ifPresent(fd -> set.add(fd, PollSet.POLLIN));
      set.await(RETRY);
      if (machine.isPresent() && set.events(0) != 0) {
        code = Optional.of(LOST);
      }
    }
  }

  private void converse(int link) {
    frames = new Frames();
    inputWaits = false;
    out.waiting = new byte[0];
    err.waiting = new byte[0];
    out.done = 0;
    err.done = 0;
    send(link, Frame.hello(out.written, err.written));
    if (terminal) {
      sendSize(link);
    }
    try (PollSet set = new PollSet()) {
      boolean connected = true;
      while (connected && (code.isEmpty() || out.isWaiting() || err.isWaiting())) {
        connected = turn(link, set);
      }
    }
  }

  /** Waits for what comes next and deals with it; false when the link is gone. */
  private boolean turn(int link, PollSet set) {
    set.clear();
    int fromLink = set.add(link, PollSet.POLLIN);
    int fromSignals = set.add(signals, PollSet.POLLIN);
    int fromInput = inputWaits || inputEnded ? -1 : set.add(0, PollSet.POLLIN);
    int toOut = out.isWaiting() ? set.add(out.fd, PollSet.POLLOUT) : -1;
    int toErr = err.isWaiting() ? set.add(err.fd, PollSet.POLLOUT) : -1;
    set.await(-1);
    if (toOut >= 0 && set.events(toOut) != 0) {
      write(link, out);
    }
    if (toErr >= 0 && set.events(toErr) != 0) {
      write(link, err);
    }
    if (set.events(fromSignals) != 0) {
      forwardSignals(link);
    }
    if (fromInput >= 0 && set.events(fromInput) != 0) {
      forwardInput(link);
    }
    return set.events(fromLink) == 0 || receive(link);
  }

  private boolean receive(int link) {
    byte[] buffer = new byte[INPUT_PIECE];
    int count = Descriptors.read(link, buffer, 0, buffer.length);
    if (count <= 0) {
      return false;
    }
    frames.add(buffer, count);
    for (Optional<Frame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
      take(link, frame.get());
    }
    return true;
  }

  private void take(int link, Frame frame) {
    switch (frame.kind()) {
      case OUTPUT -> output(link, frame);
      case TAKEN -> inputWaits = false;
      case ENDED -> code = Optional.of(frame.intAt(0));
      case HELLO, WRITTEN, INPUT, INPUT_ENDED, RESIZE, SIGNAL ->
          throw new InvalidFrameException("the daemon says what only a monitor says");
    }
  }

  private void output(int link, Frame frame) {
    Stream stream = frame.source() == 1 ? out : err;
    byte[] bytes = frame.payload();
    int rest = stream.waiting.length - stream.done;
    byte[] all = new byte[rest + bytes.length - 9];
    System.arraycopy(stream.waiting, stream.done, all, 0, rest);
    System.arraycopy(bytes, 9, all, rest, bytes.length - 9);
    stream.waiting = all;
    stream.done = 0;
    if (stream.broken) {
      drop(link, stream);
    }
  }

  private void write(int link, Stream stream) {
    int count = Math.min(PIECE, stream.waiting.length - stream.done);
    try {
      int written = Descriptors.write(stream.fd, stream.waiting, stream.done, count);
      if (written > 0) {
        stream.done += written;
        stream.written += written;
      }
    } catch (ErrnoException nobodyReads) {
      stream.broken = true;
      drop(link, stream);
      return;
    }
    if (!stream.isWaiting()) {
      send(link, Frame.written(stream.fd, stream.written));
    }
  }

  /** Nobody reads any more: the process is not to wait for that. */
  private static void drop(int link, Stream stream) {
    stream.written += stream.waiting.length - stream.done;
    stream.done = stream.waiting.length;
    send(link, Frame.written(stream.fd, stream.written));
  }

  private void forwardInput(int link) {
    byte[] buffer = new byte[INPUT_PIECE];
    int count;
    try {
      count = Descriptors.read(0, buffer, 0, buffer.length);
    } catch (ErrnoException gone) {
      count = 0;
    }
    if (count > 0) {
      byte[] bytes = new byte[count];
      System.arraycopy(buffer, 0, bytes, 0, count);
      inputWaits = true;
      send(link, new Frame(Frame.Kind.INPUT, bytes));
    } else if (count == 0) {
      inputEnded = true;
      send(link, Frame.numbers(Frame.Kind.INPUT_ENDED));
    }
  }

  private void forwardSignals(int link) {
    for (int signal = Signals.read(signals); signal != 0; signal = Signals.read(signals)) {
      if (signal != Signals.SIGWINCH) {
        send(link, Frame.numbers(Frame.Kind.SIGNAL, signal));
      } else if (terminal) {
        sendSize(link);
      }
    }
  }

  private static void sendSize(int link) {
    int[] size = Terminals.size(0);
    if (size[0] > 0 && size[1] > 0) {
      send(link, Frame.numbers(Frame.Kind.RESIZE, size[0], size[1]));
    }
  }

  private static void send(int link, Frame frame) {
    Descriptors.writeAll(link, frame.encode());
  }
}
