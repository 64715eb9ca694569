package caisson.guest.protocol;

/** The receiving end of a stream: what has come, what is done with, how far the sender may go. */
public final class ReceiveWindow {
  /**
   * Who has been granted a large window is interrupted less often; but it may have no memory to
   * keep more than a small one, and needs to know before that is full.
   */
  private static final int MUCH = Protocol.WINDOW / 4 * 3;

  private final int size;
  private long received;
  private long done;
  private long announced;
  private long limit;
  private boolean ended;

  /** A window on a stream of which {@code offset} bytes have been dealt with already. */
  public ReceiveWindow(long offset) {
    this(offset, Protocol.WINDOW);
  }

  /**
   * A window on a stream of which {@code offset} bytes have been dealt with already.
   *
   * @param size how many bytes the sender may be ahead once it has been told
   */
  public ReceiveWindow(long offset, int size) {
    this.size = size;
    limit = offset + Protocol.WINDOW;
    received = offset;
    done = offset;
    announced = offset;
  }

  /** How far the stream has come. */
  public long received() {
    return received;
  }

  /** Whether the end of the stream has come. */
  public boolean ended() {
    return ended;
  }

  /**
   * A piece of the stream has come.
   *
   * @return how many of its first bytes came before already; the rest is new
   * @throws ProtocolException if something is missing before it or it exceeds what was allowed
   */
  public int accept(Message.Data data) {
    long end = data.offset() + data.bytes().length;
    if (data.offset() > received || end > done + size || (ended && end > received)) {
      throw new ProtocolException(
          data.stream()
              + " of process "
              + data.process()
              + ": bytes "
              + data.offset()
              + " to "
              + end
              + " where "
              + received
              + " to "
              + (done + size)
              + " are expected");
    }
    int known = (int) Math.min(received - data.offset(), data.bytes().length);
    received = Math.max(received, end);
    return known;
  }

  /** The stream's end has come. */
  public void accept(Message.End end) {
    if (end.offset() != received) {
      throw new ProtocolException(
          end.stream()
              + " of process "
              + end.process()
              + " ends at "
              + end.offset()
              + " where "
              + received
              + " has come");
    }
    ended = true;
  }

  /** {@code count} more bytes are dealt with (1 for the end). */
  public void done(int count) {
    done += count;
  }

  /** Whether the sender should be told, because much is done or the stream has come to its end. */
  public boolean worthTelling() {
    return done - announced >= (large() ? MUCH : Protocol.WINDOW / 4)
        || (ended && done > received && announced < done);
  }

  private boolean large() {
    return limit - announced > Protocol.WINDOW;
  }

  /** What to tell the sender. */
  public Message.Window tell(int process, Stream stream) {
    announced = done;
    limit = done + size;
    return new Message.Window(process, stream, done, limit);
  }
}
