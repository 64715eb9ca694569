package caisson.vmm.qmp;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with one QEMU: one command at a time, from any thread. A virtual thread of the
 * connection's own reads, and hands events to a listener as they come.
 */
public final class QmpConnection implements AutoCloseable {
  private final Path socket;
  private final Duration timeout;
  private final Consumer<QmpEvent> listener;
  private final SocketChannel channel;
  private final ReentrantLock turn = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CompletableFuture<JsonNode> greeting = new CompletableFuture<>();
  private long lastId;
  private volatile Pending pending = new Pending(0, greeting);
  private volatile @Nullable String end;

  /** A command that has not been answered. */
  private record Pending(long id, CompletableFuture<JsonNode> answer) {}

  private QmpConnection(
      Path socket, Duration timeout, Consumer<QmpEvent> listener, SocketChannel channel) {
    this.socket = socket;
    this.timeout = timeout;
    this.listener = listener;
    this.channel = channel;
  }

  /**
   * Connects to the socket that QEMU's monitor listens on, and waits for its greeting.
   *
   * @param timeout of the greeting and of every command
   * @param listener of events; called on the thread that reads, so it must not wait
   * @throws CaissonException VM_FAILED if nobody listens, TIMEOUT if nobody answers
   */
  public static QmpConnection connect(Path socket, Duration timeout, Consumer<QmpEvent> listener) {
    var connection = new QmpConnection(socket, timeout, listener, open(socket));
    Thread.ofVirtual().name("qmp-" + socket).start(connection::read);
    try {
      connection.await("its greeting", connection.greeting);
      connection.execute("qmp_capabilities");
      return connection;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static SocketChannel open(Path socket) {
    try {
      var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.VM_FAILED, "cannot connect to QEMU at " + socket + ": " + e.getMessage(), e);
    }
  }

  /** Has QEMU do a command without arguments, and answers what it returned. */
  public JsonNode execute(String command) {
    return execute(command, Map.of());
  }

  /**
   * Has QEMU do a command and answers what it returned.
   *
   * @param arguments texts, numbers, booleans, maps and lists of them
   * @throws CaissonException VM_FAILED if QEMU refuses, or the connection has ended or ends;
   *     TIMEOUT if no answer comes
   */
  public JsonNode execute(String command, Map<String, ?> arguments) {
    turn.lock();
    try {
      var answer = new CompletableFuture<JsonNode>();
      long id = ++lastId;
      pending = new Pending(id, answer);
      // The reader fails what is pending when it ends: one of the two sees the other.
      requireOpen();
      send(Map.of("execute", command, "arguments", arguments, "id", id));
      var reply = await("the answer to " + command, answer);
      if (reply.has("error")) {
        throw failure(
            ErrorCode.VM_FAILED, "refused " + command + ": " + reply.at("/error/desc").asText());
      }
      return reply.path("return");
    } finally {
      turn.unlock();
    }
  }

  private void requireOpen() {
    var reason = end;
    if (reason != null) {
      throw failure(ErrorCode.VM_FAILED, "is not connected any more: " + reason);
    }
  }

  private void send(Map<String, ?> command) {
    try {
      var bytes = ByteBuffer.wrap(JsonLines.line(command));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw failure(ErrorCode.VM_FAILED, "takes no command: " + e.getMessage());
    }
  }

  private JsonNode await(String what, CompletableFuture<JsonNode> answer) {
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failure(
          ErrorCode.TIMEOUT, "has not sent " + what + " in " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw failure(ErrorCode.VM_FAILED, "has not sent " + what + ": " + end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(ErrorCode.UNAVAILABLE, "was not waited for: the thread was interrupted");
    }
  }

  private CaissonException failure(ErrorCode code, String what) {
    return new CaissonException(code, "QEMU at " + socket + " " + what);
  }

  private void read() {
    var lines = new JsonLines(channel);
    try {
      greet(lines.next());
      while (true) {
        dispatch(lines.next());
      }
    } catch (JsonProcessingException e) {
      end = "it sent what is no JSON: " + e.getOriginalMessage();
    } catch (ClosedChannelException e) {
      end = "the connection was closed";
    } catch (IOException e) {
      end = String.valueOf(e.getMessage());
    } finally {
      closeChannel();
      pending.answer().completeExceptionally(new IOException(end));
      closed.countDown();
    }
  }

  private void greet(JsonNode first) throws IOException {
    if (!first.path("QMP").isObject()) {
      throw new IOException("its first words are no greeting");
    }
    greeting.complete(first);
  }

  /** Answers to what nobody waits for any more are dropped. */
  private void dispatch(JsonNode message) {
    if (message.has("event")) {
      listener.accept(new QmpEvent(message.path("event").asText(), message.path("data")));
    } else if (message.path("id").asLong() == pending.id()) {
      pending.answer().complete(message);
    }
  }

  /**
   * Waits until the connection has ended and everything before its end has been handed out; false
   * when the time is up.
   */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    return closed.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the connection; QEMU goes on. */
  @Override
  public void close() {
    closeChannel();
  }

  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed for this process, which is all that is wanted.
    }
  }
}
