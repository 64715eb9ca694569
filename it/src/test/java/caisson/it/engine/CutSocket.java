package caisson.it.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to another socket on which every connection is cut after a random number of bytes in either
 * direction, whatever is in flight then.
 */
final class CutSocket implements AutoCloseable {
  static final AtomicInteger CUTS = new AtomicInteger();

  private final Path path;
  private final Path real;
  private final Random random;
  private final int most;
  private final ServerSocketChannel server;

  CutSocket(Path path, Path real, long seed, int most) {
    this.path = path;
    this.real = real;
    this.random = new Random(seed);
    this.most = most;
    try {
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // A virtual thread's connect(2) fails where a platform thread's waits for QEMU to accept.
    Thread.ofPlatform().daemon().name("cut-socket").start(this::listen);
  }

  Path path() {
    return path;
  }

  private void listen() {
    try (server) {
      while (true) {
        try (var host = server.accept();
            var guest = SocketChannel.open(UnixDomainSocketAddress.of(real))) {
          pass(host, guest);
        }
      }
    } catch (IOException e) {
      // Closed, or the machine is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(SocketChannel host, SocketChannel guest) throws InterruptedException {
    int up = 1 + random.nextInt(most);
    int down = 1 + random.nextInt(most);
    var other = Thread.ofVirtual().start(() -> pass(host, guest, up));
    pass(guest, host, down);
    other.join();
    CUTS.incrementAndGet();
  }

  /** Passes so many bytes and then ends both connections. */
  private static void pass(SocketChannel from, SocketChannel to, int bytes) {
    try (from;
        to) {
      int left = bytes;
      while (left > 0) {
        var buffer = ByteBuffer.allocate(Math.min(left, 16 << 10));
        int count = from.read(buffer);
        if (count < 0) {
          return;
        }
        left -= count;
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
    } catch (IOException e) {
      // The other direction was cut.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
