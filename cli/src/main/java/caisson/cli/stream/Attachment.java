package caisson.cli.stream;

import caisson.cli.client.ApiClient;
import caisson.cli.client.Hijacked;
import caisson.cli.console.Console;
import java.io.IOException;

/** Joins a process's streams to the user's. */
public final class Attachment {
  private static final int BUFFER = 32 * 1024;

  private final Hijacked connection;
  private final Console console;
  private final Mode mode;
  private volatile boolean detached;

  /**
   * How streams are joined.
   *
   * @param terminal whether the process has a terminal: its output is one stream, as it is, and the
   *     detach keys are looked for in the input
   * @param stdin whether the user's input goes to the process
   */
  public record Mode(boolean terminal, boolean stdin, DetachKeys detachKeys) {}

  /** How it ended. */
  public enum End {
    /** The process has ended, or its output has. */
    OUTPUT_ENDED,
    /** The user has let go of it. */
    DETACHED
  }

  public Attachment(Hijacked connection, Console console, Mode mode) {
    this.connection = connection;
    this.console = console;
    this.mode = mode;
  }

  /** Moves bytes both ways until one of the two ends has come. */
  public End pump() {
    if (!mode.terminal() || !mode.stdin()) {
      return pumpStreams();
    }
    try (var _ = console.screen().rawKeys()) {
      return pumpStreams();
    }
  }

  private End pumpStreams() {
    if (mode.stdin()) {
      Thread.ofPlatform().daemon().name("stdin").start(this::sendInput);
    } else {
      connection.endOutput();
    }
    try {
      receiveOutput();
    } catch (IOException e) {
      if (!detached) {
        throw ApiClient.lost(e);
      }
    }
    return detached ? End.DETACHED : End.OUTPUT_ENDED;
  }

  private void receiveOutput() throws IOException {
    if (mode.terminal()) {
      new RawCopy(connection.input(), console.out()).copyAll();
    } else {
      new Demultiplexer(connection.input(), console.out(), console.err()).copyAll();
    }
  }

  private void sendInput() {
    try {
      if (mode.terminal()) {
        sendKeys();
      } else {
        console.in().transferTo(connection.output());
      }
    } catch (IOException e) {
      // The process reads no more, or the connection is gone, which the other direction reports.
    }
    if (!detached) {
      connection.endOutput();
    }
  }

  private void sendKeys() throws IOException {
    var filter = mode.detachKeys().filter();
    byte[] typed = new byte[BUFFER];
    for (int n = console.in().read(typed); n >= 0; n = console.in().read(typed)) {
      connection.output().write(filter.pass(typed, n));
      if (filter.complete()) {
        detached = true;
        connection.close();
        return;
      }
    }
    connection.output().write(filter.rest());
  }
}
