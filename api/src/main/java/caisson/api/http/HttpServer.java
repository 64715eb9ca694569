package caisson.api.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Serves HTTP/1.1 on a listening Unix-domain socket: a virtual thread for every connection, which
 * blocks wherever it likes. The syntax is HttpCore's; everything else that Docker's API does to
 * HTTP (hijacked connections, half-closed clients, answers that begin long before they end) needs
 * the connection itself, which is why the loop around it is ours.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HttpServer.class.getName());
  private static final Duration DESCRIPTORS_EXHAUSTED = Duration.ofMillis(100);

  private final ServerSocketChannel listener;
  private final Router router;
  private final StandardHeaders headers;
  private final ErrorBody errors;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ReentrantLock ends = new ReentrantLock();
  private final Condition ended = ends.newCondition();

  private HttpServer(
      ServerSocketChannel listener, Router router, StandardHeaders headers, ErrorBody errors) {
    this.listener = listener;
    this.router = router;
    this.headers = headers;
    this.errors = errors;
  }

  /**
   * Begins to serve.
   *
   * @param listener bound and listening; closed with the server
   * @param product the value of the {@code Server} header
   */
  public static HttpServer start(
      ServerSocketChannel listener, Router router, String product, ErrorBody errors) {
    var headers = new StandardHeaders(product, Clock.systemUTC());
    var server = new HttpServer(listener, router, headers, errors);
    Thread.ofVirtual().name("api-accept").start(server::accept);
    return server;
  }

  private void accept() {
    try {
      while (listener.isOpen()) {
        acceptOne();
      }
    } finally {
      stopped.countDown();
    }
  }

  private void acceptOne() {
    try {
      serve(listener.accept());
    } catch (IOException e) {
      if (listener.isOpen()) {
        LOG.log(Level.WARNING, "accepting a connection failed: " + e.getMessage());
        pause();
      }
    }
  }

  /** Without a pause, a process out of descriptors would spin here. */
  private static void pause() {
    try {
      Thread.sleep(DESCRIPTORS_EXHAUSTED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel channel) {
    var connection = new Connection(channel, router, headers, errors);
    connections.add(connection);
    Thread.ofVirtual()
        .name("api-connection")
        .start(() -> {
          try {
            connection.run();
          } finally {
            remove(connection);
          }
        });
  }

  private void remove(Connection connection) {
    ends.lock();
    try {
      connections.remove(connection);
      ended.signalAll();
    } finally {
      ends.unlock();
    }
  }

  /** How many clients are connected. */
  public int connectionCount() {
    return connections.size();
  }

  /** Stops listening, gives requests on their way {@code grace} to end, then cuts them. */
  public void drain(Duration grace) throws InterruptedException {
    closeListener();
    stopped.await(grace.toMillis(), TimeUnit.MILLISECONDS);
    connections.forEach(Connection::drain);
    awaitEnds(grace);
    connections.forEach(Connection::close);
  }

  private void awaitEnds(Duration grace) throws InterruptedException {
    ends.lock();
    try {
      long left = grace.toNanos();
      while (!connections.isEmpty() && left > 0) {
        left = ended.awaitNanos(left);
      }
    } finally {
      ends.unlock();
    }
  }

  private void closeListener() {
    try {
      listener.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing the listening socket failed", e);
    }
  }

  /** Stops at once. */
  @Override
  public void close() {
    closeListener();
    connections.forEach(Connection::close);
  }
}
