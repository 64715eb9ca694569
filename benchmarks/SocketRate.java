import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Reads from a Unix socket to the end and prints MB/s, from the first byte to the last. */
final class SocketRate {
  private SocketRate() {}

  /** Argument: the socket. */
  public static void main(String[] arguments) throws IOException {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(arguments[0])))) {
      var buffer = ByteBuffer.allocateDirect(256 << 10);
      long count = channel.read(buffer);
      long start = System.nanoTime();
      long last = start;
      for (int n = channel.read(buffer.clear()); n >= 0; n = channel.read(buffer.clear())) {
        count += n;
        last = System.nanoTime();
      }
      System.out.println(count * 1e3 / (last - start));
    }
  }
}
