package caisson.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * A way to a daemon's socket on which something is done, once, at one point of one request. The
 * command line makes a connection for each request.
 */
final class WatchedSocket implements AutoCloseable {
  private static final int BUFFER = 16 << 10;

  private final Path path;
  private final Path daemon;
  private final Moment moment;
  private final Runnable action;
  private final AtomicBoolean done = new AtomicBoolean();
  private final ServerSocketChannel server;

  /** Before something is passed on. */
  enum Point {
    /** The request. */
    ASKED,
    /** The beginning of the answer. */
    ANSWERED,
    /** The end of all that the daemon sends. */
    ENDED
  }

  /** A point of a request, whose method and path match {@code request}. */
  record Moment(Point point, Pattern request) {
    static Moment of(Point point, String request) {
      return new Moment(point, Pattern.compile(request));
    }
  }

  WatchedSocket(Path path, Path daemon, Moment moment, Runnable action) {
    this.path = path;
    this.daemon = daemon;
    this.moment = moment;
    this.action = action;
    try {
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("watched-socket").start(this::listen);
  }

  /** Whether it has been done. */
  boolean reached() {
    return done.get();
  }

  private void listen() {
    try {
      while (true) {
        var client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // Nobody asks any more.
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        var real = SocketChannel.open(UnixDomainSocketAddress.of(daemon))) {
      var first = ByteBuffer.allocate(BUFFER);
      client.read(first);
      boolean watched = isWatched(first.flip());
      pass(Point.ASKED, watched);
      real.write(first);
      var requests = Thread.ofVirtual().start(() -> copy(client, real));
      answer(real, client, watched);
      requests.join();
    } catch (IOException gone) {
      // One of the two is.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isWatched(ByteBuffer request) {
    return moment
        .request()
        .matcher(StandardCharsets.ISO_8859_1.decode(request.duplicate()))
        .lookingAt();
  }

  private void pass(Point point, boolean watched) {
    if (watched && moment.point() == point && done.compareAndSet(false, true)) {
      action.run();
    }
  }

  private void answer(SocketChannel real, SocketChannel client, boolean watched)
      throws IOException {
    var first = ByteBuffer.allocate(BUFFER);
    real.read(first);
    pass(Point.ANSWERED, watched);
    client.write(first.flip());
    copyAll(real, client);
    pass(Point.ENDED, watched);
    client.shutdownOutput();
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    try {
      copyAll(from, to);
      to.shutdownOutput();
    } catch (IOException gone) {
      // The other direction sees it too.
    }
  }

  private static void copyAll(SocketChannel from, SocketChannel to) throws IOException {
    var buffer = ByteBuffer.allocate(BUFFER);
    while (from.read(buffer) >= 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
      buffer.clear();
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
