package caisson.agent.channel;

import java.util.Random;

/**
 * A virtio-serial port between a channel and a test: bounded in both directions, and what is in
 * flight is lost when the host goes.
 */
final class Wire implements Port {
  private static final int CAPACITY = 100_000;

  private final Random random;
  private final Pipe toGuest = new Pipe();
  private final Pipe toHost = new Pipe();
  private boolean connected;

  Wire(Random random) {
    this.random = random;
  }

  /** Bytes in flight one way. */
  private static final class Pipe {
    private final byte[] bytes = new byte[CAPACITY];
    private int length;

    int put(byte[] from, int offset, int count) {
      int taken = Math.min(count, CAPACITY - length);
      System.arraycopy(from, offset, bytes, length, taken);
      length += taken;
      return taken;
    }

    int take(byte[] to, int offset, int count) {
      int taken = Math.min(count, length);
      System.arraycopy(bytes, 0, to, offset, taken);
      length -= taken;
      System.arraycopy(bytes, taken, bytes, 0, length);
      return taken;
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (toGuest.length == 0) {
      return connected ? WOULD_BLOCK : 0;
    }
    return toGuest.take(buffer, offset, 1 + random.nextInt(Math.min(length, 20_000)));
  }

  @Override
  public int write(byte[] buffer, int offset, int length) {
    int count = Math.min(length, 1 + random.nextInt(40_000));
    int taken = connected ? toHost.put(buffer, offset, count) : 0;
    return taken == 0 ? WOULD_BLOCK : taken;
  }

  boolean isConnected() {
    return connected;
  }

  void connect() {
    connected = true;
  }

  /**
   * The host goes. What it has written and the guest has not read may be lost from some point on;
   * what the guest has written is.
   */
  void disconnect() {
    connected = false;
    toHost.length = 0;
    toGuest.length = random.nextInt(toGuest.length + 1);
  }

  /** The host writes; answers how much of it. */
  int hostWrite(byte[] bytes, int offset, int length) {
    return toGuest.put(bytes, offset, length);
  }

  /** The host reads; 0 if there is nothing. */
  int hostRead(byte[] buffer, int offset, int length) {
    return toHost.take(buffer, offset, length);
  }
}
