package caisson.vmm.agent;

import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.ProtocolException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One connection to an agent: whoever calls {@link #run} reads, a thread beside it writes, and
 * neither ever waits for the other, because the guest may wait for either.
 */
final class Connection {
  private final SocketChannel channel;
  private final Session session;

  private Connection(SocketChannel channel, Session session) {
    this.channel = channel;
    this.session = session;
  }

  static Connection open(Path socket, Session session) throws IOException {
    return new Connection(SocketChannel.open(UnixDomainSocketAddress.of(socket)), session);
  }

  /**
   * Converses until the connection is lost or the session is over.
   *
   * @throws ProtocolException if the agent says what it must not
   */
  void run() throws InterruptedException {
    var reader = session.connected(this);
    var writer = Thread.ofVirtual().name("agent-writer").start(this::write);
    try {
      read(reader);
    } catch (IOException e) {
      // Lost, by the other side or because the session is over; whoever called knows what to do.
    } finally {
      session.disconnected();
      close();
      writer.join();
    }
  }

  private void read(FrameReader reader) throws IOException {
    boolean greeted = false;
    for (int count = fill(reader); count >= 0; count = fill(reader)) {
      for (var message = reader.next(); message.isPresent(); message = reader.next()) {
        session.receive(message.get());
        greeted = true;
      }
      if (greeted && reader.lost()) {
        throw new ProtocolException("what it sends is no frame");
      }
    }
  }

  private int fill(FrameReader reader) throws IOException {
    int room = reader.room();
    int count = channel.read(ByteBuffer.wrap(reader.buffer(), reader.fillOffset(), room));
    reader.filled(Math.max(count, 0));
    return count;
  }

  private void write() {
    try {
      Optional<byte[]> frame = session.awaitFrame(this);
      while (frame.isPresent()) {
        var buffer = ByteBuffer.wrap(frame.get());
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        frame = session.awaitFrame(this);
      }
    } catch (IOException e) {
      // The reader sees it too, after it has read what came before the end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it; whoever reads or writes stops. */
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // There is nothing left to lose.
    }
  }
}
