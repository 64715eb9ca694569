package caisson.guest.protocol;

import java.util.Optional;

/**
 * The sending end of a stream: keeps what was sent until it is acknowledged, sends no further than
 * the receiver allows, and can go back to what the receiver has. Offsets count bytes from the
 * stream's beginning; the end of the stream counts as one more.
 */
public final class SendWindow {
  private static final int FIRST = 4 << 10;

  private final int process;
  private final Stream stream;
  private byte[] ring = new byte[0];
  private long acknowledged;
  private long next;
  private long end;
  private long limit = Protocol.WINDOW;
  private boolean finished;

  public SendWindow(int process, Stream stream) {
    this.process = process;
    this.stream = stream;
  }

  /**
   * Goes on with a stream that somebody else began: the receiver has everything before {@code
   * offset} and will say how far it takes more.
   */
  public SendWindow(int process, Stream stream, long offset) {
    this(process, stream);
    acknowledged = offset;
    next = offset;
    end = offset;
    limit = offset;
  }

  /** How many bytes {@link #append} takes now. */
  public int room() {
    return finished ? 0 : (int) (acknowledged + Protocol.WINDOW - end);
  }

  /** Adds bytes; at most {@link #room}. */
  public void append(byte[] bytes, int from, int count) {
    if (count > room()) {
      throw new IllegalStateException(count + " bytes for a room of " + room());
    }
    grow((int) (end - acknowledged) + count);
    int at = (int) (end % ring.length);
    int first = Math.min(count, ring.length - at);
    System.arraycopy(bytes, from, ring, at, first);
    System.arraycopy(bytes, from + first, ring, 0, count - first);
    end += count;
  }

  private void grow(int needed) {
    if (needed <= ring.length) {
      return;
    }
    int size = Math.max(ring.length, FIRST);
    while (size < needed) {
      size *= 2;
    }
    byte[] larger = new byte[Math.min(size, Protocol.WINDOW)];
    for (long offset = acknowledged; offset < end; offset++) {
      larger[(int) (offset % larger.length)] = ring[(int) (offset % ring.length)];
    }
    ring = larger;
  }

  /** Nothing more will be appended. */
  public void finish() {
    finished = true;
  }

  public boolean finished() {
    return finished;
  }

  /** Whether the receiver has everything, the end included. */
  public boolean done() {
    return finished && acknowledged == end + 1;
  }

  /** The next thing to send, if the receiver allows it. */
  public Optional<Message> poll() {
    if (next < Math.min(end, limit)) {
      int count = (int) Math.min(Math.min(end, limit) - next, Protocol.MAX_DATA);
      Message data = new Message.Data(process, stream, next, copy(next, count));
      next += count;
      return Optional.of(data);
    }
    if (finished && next == end) {
      next = end + 1;
      return Optional.of(new Message.End(process, stream, end));
    }
    return Optional.empty();
  }

  /** Whether {@link #poll} has something. */
  public boolean ready() {
    return next < Math.min(end, limit) || (finished && next == end);
  }

  private byte[] copy(long offset, int count) {
    byte[] bytes = new byte[count];
    int at = (int) (offset % ring.length);
    int first = Math.min(count, ring.length - at);
    System.arraycopy(ring, at, bytes, 0, first);
    System.arraycopy(ring, 0, bytes, first, count - first);
    return bytes;
  }

  /**
   * The receiver is done with everything before {@code offset} and takes up to {@code newLimit}.
   *
   * @throws ProtocolException if it claims what was never sent
   */
  public void acknowledge(long offset, long newLimit) {
    if (offset > next) {
      throw new ProtocolException(
          stream + " of process " + process + ": " + offset + " acknowledged, " + next + " sent");
    }
    acknowledged = Math.max(acknowledged, offset);
    limit = Math.max(limit, newLimit);
    if (done()) {
      ring = new byte[0];
    }
  }

  /**
   * A new connection: the receiver has everything before {@code offset}, and nothing behind it.
   *
   * @throws ProtocolException if that is no longer kept or was never written
   */
  public void resume(long offset) {
    if (offset < acknowledged || offset > end + (finished ? 1 : 0)) {
      throw new ProtocolException(
          stream
              + " of process "
              + process
              + " cannot go on at "
              + offset
              + ": it keeps "
              + acknowledged
              + " to "
              + end);
    }
    next = offset;
  }

  /** A new connection whose receiver says nothing of this stream: all that is kept goes again. */
  public void resume() {
    next = acknowledged;
  }

  /** Forgets everything: nobody will ever ask for it. */
  public void discard() {
    ring = new byte[0];
    finished = true;
    end = Math.max(end, acknowledged);
    acknowledged = end + 1;
    next = acknowledged;
  }
}
