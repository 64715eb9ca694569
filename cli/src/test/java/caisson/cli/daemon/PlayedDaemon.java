package caisson.cli.daemon;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the tests have started as a daemon: it counts itself, listens, and ends when connected to.
 */
final class PlayedDaemon {
  private PlayedDaemon() {}

  /**
   * Plays.
   *
   * @param arguments a file to which each daemon adds a line, the number of connections after which
   *     it ends, {@code --socket} and the socket
   */
  public static void main(String[] arguments) throws IOException {
    var started = ProcessHandle.current().pid() + "\n";
    Files.writeString(
        Path.of(arguments[0]), started, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(arguments[3]));
      for (int rest = Integer.parseInt(arguments[1]); rest > 0; rest--) {
        answer(listener.accept());
      }
    }
  }

  /** Answers whoever asks. */
  private static void answer(SocketChannel client) throws IOException {
    try (client) {
      if (client.read(ByteBuffer.allocate(1024)) > 0) {
        client.write(ByteBuffer.wrap("HTTP/1.1 200 OK".getBytes(StandardCharsets.US_ASCII)));
      }
    }
  }
}
