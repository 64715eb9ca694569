package caisson.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes a client sends. A {@link HangupWatch} may read ahead while a response is on its way;
 * whoever reads next gets those bytes first, so that nothing of a following request is lost.
 */
final class ChannelInput extends InputStream {
  private static final int LOOKAHEAD = 64;

  private final SocketChannel channel;
  private final ReentrantLock reading = new ReentrantLock();
  private ByteBuffer ahead = ByteBuffer.allocate(0);
  private boolean ended;

  ChannelInput(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until the client sends something more or ends its side of the connection.
   *
   * @return whether the client has ended it
   */
  boolean awaitEnd() throws IOException {
    reading.lock();
    try {
      if (ahead.hasRemaining()) {
        return false;
      }
      var buffer = ByteBuffer.allocate(LOOKAHEAD);
      ended = ended || channel.read(buffer) < 0;
      ahead = buffer.flip();
      return ended;
    } finally {
      reading.unlock();
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    reading.lock();
    try {
      if (length == 0) {
        return 0;
      }
      if (ahead.hasRemaining()) {
        int count = Math.min(length, ahead.remaining());
        ahead.get(target, offset, count);
        return count;
      }
      return ended ? -1 : channel.read(ByteBuffer.wrap(target, offset, length));
    } finally {
      reading.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }
}
