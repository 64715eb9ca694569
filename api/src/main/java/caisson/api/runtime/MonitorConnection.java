package caisson.api.runtime;

import caisson.api.http.Hijack;
import caisson.base.CaissonException;
import caisson.engine.BundleLink;
import caisson.engine.BundleStreams;
import caisson.engine.Output.Source;
import caisson.engine.Signal;
import caisson.engine.TerminalSize;
import caisson.runtime.link.Frame;
import caisson.runtime.link.Frames;
import caisson.runtime.link.InvalidFrameException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * A monitor's end of one process's streams, as frames on a connection. Input waits for the process
 * on a thread of its own: what the monitor has written must be heard meanwhile.
 */
final class MonitorConnection implements BundleLink {
  private static final System.Logger LOG = System.getLogger("caisson.api");

  private static final int GONE = 137;
  private static final int PIECE = 32 << 10;
  private static final byte[] NO_MORE = new byte[0];

  private final Hijack connection;
  private final Frames frames = new Frames();
  private final LinkedBlockingQueue<byte[]> input = new LinkedBlockingQueue<>();

  MonitorConnection(Hijack connection) {
    this.connection = connection;
  }

  /**
   * Serves until the monitor goes away.
   *
   * @param streams of what it stands for, given the hello that it begins with
   */
  void serve(Function<Frame, BundleStreams> streams) throws IOException {
    try {
      var hello = next();
      if (hello.isPresent()) {
        require(hello.get().kind() == Frame.Kind.HELLO, "does not begin with hello");
        serve(streams.apply(hello.get()));
      }
    } catch (InvalidFrameException e) {
      LOG.log(System.Logger.Level.WARNING, "a monitor is cut off: " + e.getMessage());
    } catch (CaissonException e) {
      // Nobody knows the process any more.
      ended(GONE);
    }
  }

  private void serve(BundleStreams streams) throws IOException {
    var writer = Thread.ofVirtual().name("monitor-input").start(() -> pass(streams));
    try {
      for (var frame = next(); frame.isPresent(); frame = next()) {
        take(frame.get(), streams);
      }
    } finally {
      writer.interrupt();
      streams.disconnected();
    }
  }

  private Optional<Frame> next() throws IOException {
    var found = frames.next();
    byte[] buffer = new byte[PIECE];
    while (found.isEmpty()) {
      int count = connection.input().read(buffer);
      if (count < 0) {
        return Optional.empty();
      }
      frames.add(buffer, count);
      found = frames.next();
    }
    return found;
  }

  private void take(Frame frame, BundleStreams streams) {
    switch (frame.kind()) {
      case WRITTEN -> streams.written(source(frame.source()), frame.longAt(1));
      case INPUT -> {
        require(
            input.size() < 2 && frame.payload().length > 0, "sends input that nobody asked for");
        input.add(frame.payload());
      }
      case INPUT_ENDED -> input.add(NO_MORE);
      case RESIZE ->
          whileItRuns(() -> streams.resize(new TerminalSize(frame.intAt(0), frame.intAt(4))));
      case SIGNAL -> whileItRuns(() -> streams.signal(new Signal(frame.intAt(0))));
      case HELLO, OUTPUT, TAKEN, ENDED -> require(false, "says " + frame.kind() + " now");
    }
  }

  /** What comes for a process that has ended is too late, and nobody's fault. */
  private static void whileItRuns(Runnable action) {
    try {
      action.run();
    } catch (CaissonException e) {
      LOG.log(System.Logger.Level.DEBUG, e.text());
    }
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new InvalidFrameException("it " + what);
    }
  }

  private static Source source(int number) {
    return switch (number) {
      case 1 -> Source.STDOUT;
      case 2 -> Source.STDERR;
      default -> throw new InvalidFrameException("there is no stream " + number);
    };
  }

  private void pass(BundleStreams streams) {
    try {
      for (var bytes = input.take(); bytes.length > 0; bytes = input.take()) {
        streams.write(bytes);
        send(Frame.numbers(Frame.Kind.TAKEN));
      }
      streams.closeStdin();
    } catch (IOException e) {
      // Whoever reads from the connection sees it too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void output(Source source, long offset, byte[] bytes) throws IOException {
    int number = source == Source.STDOUT ? 1 : 2;
    for (int from = 0; from < bytes.length; from += PIECE) {
      int count = Math.min(PIECE, bytes.length - from);
      send(Frame.output(number, offset + from, bytes, from, count));
    }
  }

  @Override
  public void ended(int code) throws IOException {
    send(Frame.numbers(Frame.Kind.ENDED, code));
  }

  private synchronized void send(Frame frame) throws IOException {
    connection.output().write(frame.encode());
  }
}
