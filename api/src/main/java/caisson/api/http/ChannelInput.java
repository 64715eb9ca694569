package caisson.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The bytes a client sends. A {@link HangupWatch} may read ahead while a response is on its way;
 * whoever reads next gets those bytes first, so that nothing of a following request is lost.
 */
final class ChannelInput extends InputStream {
  private static final int FIRST_LOOKAHEAD = 64;

  /** Far more than the requests that somebody sends behind one and then waits for. */
  private static final int LONGEST_LOOKAHEAD = 64 << 10;

  private final SocketChannel channel;
  private final ReentrantLock reading = new ReentrantLock();
  private ByteBuffer ahead = ByteBuffer.allocate(0);
  private boolean ended;

  ChannelInput(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until the client ends its side of the connection, and meanwhile keeps what it sends.
   *
   * @param awaited asked behind everything that was read
   * @return whether the client has ended it, or has sent more than is kept
   */
  boolean awaitEnd(BooleanSupplier awaited) throws IOException {
    reading.lock();
    try {
      while (!ended && ahead.remaining() < LONGEST_LOOKAHEAD && awaited.getAsBoolean()) {
        readAhead();
      }
      return ended || ahead.remaining() >= LONGEST_LOOKAHEAD;
    } finally {
      reading.unlock();
    }
  }

  private void readAhead() throws IOException {
    var buffer = ByteBuffer.allocate(Math.max(FIRST_LOOKAHEAD, 2 * ahead.remaining())).put(ahead);
    ended = channel.read(buffer) < 0;
    ahead = buffer.flip();
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
