package caisson.guest.protocol;

import java.util.Optional;

/**
 * The sending end of a stream: keeps what was sent until it is acknowledged, sends no further than
 * the receiver allows, and can go back to what the receiver has. Offsets count bytes from the
 * stream's beginning; the end of the stream counts as one more.
 */
public final class SendWindow {
  /** With its frame around it, as much as the guest's kernel sends at once (virtio_console.c). */
  private static final int PIECE = (32 << 10) - 22;

  private final int process;
  private final Stream stream;
  private final ByteRing kept;
  private long acknowledged;
  private long next;
  private long limit = Protocol.WINDOW;
  private boolean finished;

  public SendWindow(int process, Stream stream) {
    this(process, stream, WindowMemory.none());
  }

  /**
   * The beginning of a stream.
   *
   * @param more what it may keep unacknowledged beyond {@link Protocol#WINDOW}
   */
  public SendWindow(int process, Stream stream, WindowMemory more) {
    this.process = process;
    this.stream = stream;
    kept = new ByteRing(0, more);
  }

  /**
   * Goes on with a stream that somebody else began: the receiver has everything before {@code
   * offset} and will say how far it takes more.
   */
  public SendWindow(int process, Stream stream, long offset) {
    this.process = process;
    this.stream = stream;
    kept = new ByteRing(offset);
    acknowledged = offset;
    next = offset;
    limit = offset;
  }

  /** How many bytes {@link #append} takes now: what the receiver lets be sent, or at first will. */
  public int room() {
    if (finished) {
      return 0;
    }
    long allowed = Math.max(limit, kept.start() + Protocol.WINDOW) - kept.end();
    return (int) Math.min(kept.room(), allowed);
  }

  /** Adds bytes; at most {@link #room}. */
  public void append(byte[] bytes, int from, int count) {
    if (count > room()) {
      throw new IllegalStateException(count + " bytes for a room of " + room());
    }
    kept.append(bytes, from, count);
  }

  /** Has {@code source} append bytes; there must be {@link #room}. Answers what it answers. */
  public int fill(ByteRing.Source source) {
    return kept.fill(source, room());
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
    return finished && acknowledged == kept.end() + 1;
  }

  /** The next thing to send, if the receiver allows it. */
  public Optional<Message> poll() {
    if (next < Math.min(kept.end(), limit)) {
      int count = (int) Math.min(Math.min(kept.end(), limit) - next, PIECE);
      Message data = new Message.Data(process, stream, next, kept.copy(next, count));
      next += count;
      return Optional.of(data);
    }
    if (finished && next == kept.end()) {
      next = kept.end() + 1;
      return Optional.of(new Message.End(process, stream, kept.end()));
    }
    return Optional.empty();
  }

  /** Writes the next message to send to {@code out}; false if there is none. */
  boolean poll(Encoder out) {
    long to = Math.min(kept.end(), limit);
    if (next < to) {
      int count = (int) Math.min(to - next, PIECE);
      MessageCodec.writeDataHead(process, stream, next, out);
      kept.write(next, count, out);
      next += count;
      return true;
    }
    Optional<Message> end = poll();
    end.ifPresent(message -> MessageCodec.write(message, out));
    return end.isPresent();
  }

  /** Whether {@link #poll} has something. */
  public boolean ready() {
    return next < Math.min(kept.end(), limit) || (finished && next == kept.end());
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
    kept.drop(acknowledged);
    if (done()) {
      kept.clear();
    }
  }

  /**
   * A new connection: the receiver has everything before {@code offset}, and nothing behind it.
   *
   * @throws ProtocolException if that is no longer kept or was never written
   */
  public void resume(long offset) {
    if (offset < acknowledged || offset > kept.end() + (finished ? 1 : 0)) {
      throw new ProtocolException(
          stream
              + " of process "
              + process
              + " cannot go on at "
              + offset
              + ": it keeps "
              + acknowledged
              + " to "
              + kept.end());
    }
    next = offset;
  }

  /** A new connection whose receiver says nothing of this stream: all that is kept goes again. */
  public void resume() {
    next = acknowledged;
  }

  /** Forgets everything: nobody will ever ask for it. */
  public void discard() {
    kept.clear();
    finished = true;
    acknowledged = kept.end() + 1;
    next = acknowledged;
  }
}
