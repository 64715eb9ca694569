package caisson.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Cuts every connection after a random number of bytes in either direction, as a virtio-serial port
 * does whose host's side reconnects: what is in flight is lost, and what had left one end but not
 * reached the other may come in front of the next connection's bytes.
 */
public final class CuttingPort implements FakePort {
  private final Random random;
  private final int most;
  private final AtomicInteger cuts = new AtomicInteger();
  private byte[] left = new byte[0];

  /**
   * @param most the largest number of bytes in one direction before a cut
   */
  public CuttingPort(long seed, int most) {
    this.random = new Random(seed);
    this.most = most;
  }

  /** How often a connection was cut. */
  public int cuts() {
    return cuts.get();
  }

  @Override
  public synchronized Bytes connect(SocketChannel channel) {
    return new CutBytes(channel, 1 + random.nextInt(most), 1 + random.nextInt(most));
  }

  private synchronized byte[] takeLeft() {
    byte[] taken = left;
    left = new byte[0];
    return taken;
  }

  private synchronized void leave(ByteBuffer lost) {
    // Of what was in flight an arbitrary end is still in the port's queues.
    lost.position(lost.position() + random.nextInt(lost.remaining() + 1));
    left = new byte[lost.remaining()];
    lost.get(left);
  }

  private final class CutBytes implements Bytes {
    private final SocketChannel channel;
    private int readable;
    private int writable;
    private boolean begun;

    CutBytes(SocketChannel channel, int readable, int writable) {
      this.channel = channel;
      this.readable = readable;
      this.writable = writable;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (readable == 0) {
        throw cut();
      }
      into.limit(into.position() + Math.min(into.remaining(), readable));
      int count = channel.read(into);
      readable -= Math.max(count, 0);
      return count;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
      if (!begun) {
        begun = true;
        writeAll(ByteBuffer.wrap(takeLeft()));
      }
      int whole = from.limit();
      from.limit(from.position() + Math.min(from.remaining(), writable));
      writable -= from.remaining();
      writeAll(from);
      from.limit(whole);
      if (from.hasRemaining()) {
        leave(from);
        throw cut();
      }
    }

    private void writeAll(ByteBuffer from) throws IOException {
      while (from.hasRemaining()) {
        channel.write(from);
      }
    }

    private IOException cut() {
      cuts.incrementAndGet();
      return new IOException("cut");
    }
  }
}
