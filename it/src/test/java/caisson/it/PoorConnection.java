package caisson.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that stands between a client and a server on the loopback and passes on what both say:
 * slowly, or so much and then no more. It is run in the network namespace that the two are in.
 */
final class PoorConnection implements AutoCloseable {
  private static final int PIECE = 16 << 10;

  private final Process process;

  private PoorConnection(Process process) {
    this.process = process;
  }

  /** What happens to what the server says. */
  enum Kind {
    /** Each connection is reset when it has carried so many kilobytes. */
    CUT,
    /** Each connection carries so many kilobytes in a second. */
    SLOW
  }

  /** Starts one, which listens when this returns. */
  static PoorConnection start(Daemon daemon, int port, int server, Kind kind, int kilobytes)
      throws IOException {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    words.add(PoorConnection.class.getName());
    words.addAll(List.of(Integer.toString(port), Integer.toString(server)));
    words.addAll(List.of(kind.name(), Integer.toString(kilobytes)));
    var process = daemon.inNetwork(words.toArray(String[]::new)).start();
    if (process.getInputStream().read() < 0) {
      throw new AssertionError(new String(process.getErrorStream().readAllBytes(), UTF_8));
    }
    return new PoorConnection(process);
  }

  public static void main(String[] arguments) throws IOException {
    int server = Integer.parseInt(arguments[1]);
    var kind = Kind.valueOf(arguments[2]);
    int bytes = Integer.parseInt(arguments[3]) << 10;
    var loopback = InetAddress.getLoopbackAddress();
    try (var listening = new ServerSocket(Integer.parseInt(arguments[0]), 50, loopback)) {
      System.out.println("listening");
      while (true) {
        var client = listening.accept();
        var other = new Socket(loopback, server);
        Thread.ofVirtual().start(() -> pass(client, other, Kind.CUT, Integer.MAX_VALUE));
        Thread.ofVirtual().start(() -> pass(other, client, kind, bytes));
      }
    }
  }

  private static void pass(Socket from, Socket to, Kind kind, int bytes) {
    try (from;
        to) {
      var buffer = new byte[PIECE];
      int left = bytes;
      int length = from.getInputStream().read(buffer);
      while (length >= 0) {
        to.getOutputStream().write(buffer, 0, length);
        switch (kind) {
          case CUT -> left -= length;
          case SLOW -> TimeUnit.MICROSECONDS.sleep(length * 1_000_000L / bytes);
        }
        if (left < 0) {
          to.setSoLinger(true, 0); // so that closing resets it
          return;
        }
        length = from.getInputStream().read(buffer);
      }
    } catch (IOException e) {
      // Either has hung up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
