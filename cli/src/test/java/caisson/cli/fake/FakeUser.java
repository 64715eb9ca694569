package caisson.cli.fake;

import caisson.cli.client.ApiClient;
import caisson.cli.command.Session;
import caisson.cli.console.Console;
import caisson.cli.console.Output;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Somebody in front of the command line: what they type, see and send. */
public final class FakeUser {
  private final Recorder out = new Recorder();
  private final Recorder err = new Recorder();
  private final FakeSignals signals = new FakeSignals();
  private final FakeScreen screen;
  private final Console console;

  private FakeUser(InputStream in, FakeScreen screen) {
    this.screen = screen;
    this.console = new Console(in, new Output(out), new Output(err), screen);
  }

  /** Somebody who reads and writes pipes. */
  public static FakeUser piping(String input) {
    var bytes = input.getBytes(StandardCharsets.UTF_8);
    return new FakeUser(new ByteArrayInputStream(bytes), FakeScreen.none());
  }

  /** Somebody at a terminal who types what comes from {@code keys}. */
  public static FakeUser typing(InputStream keys) {
    return new FakeUser(keys, FakeScreen.of(24, 80));
  }

  public Console console() {
    return console;
  }

  public FakeScreen screen() {
    return screen;
  }

  public FakeSignals signals() {
    return signals;
  }

  public Session session(Path socket, Map<String, String> environment) {
    return new Session(new ApiClient(() -> dial(socket)), console, signals, environment);
  }

  private static SocketChannel dial(Path socket) {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String out() {
    return out.text();
  }

  /** Waits until {@code text} is shown. */
  public void awaitOut(String text) throws InterruptedException {
    out.await(text);
  }

  public byte[] outBytes() {
    return out.bytes();
  }

  public String err() {
    return err.text();
  }
}
