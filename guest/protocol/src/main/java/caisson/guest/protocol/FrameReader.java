package caisson.guest.protocol;

import java.util.Optional;

/**
 * Finds frames in a stream of bytes. A frame is
 *
 * <pre>
 *   0  u32  length of the payload, 1 to {@link Protocol#MAX_FRAME}
 *   4  u32  CRC-32 of the payload (host to agent) or 0 (agent to host)
 *   8       payload: a message
 * </pre>
 *
 * Bytes can be lost where the host's side reconnects. The agent sees it by a length or a check that
 * is wrong and the host by its own connection; from then on bytes are skipped until a frame with a
 * {@link Message.Hello} or {@link Message.HelloReply} comes, known by its {@link #MAGIC} and, on
 * the host, the nonce behind it. A reader begins in that state. Where a frame that was cut had
 * announced more than has come since, a hello behind its beginning is looked for once its rest is
 * not expected any more ({@link #skipToHello}).
 */
public final class FrameReader {
  static final int HEADER = 8;

  /** Where in a frame the magic of a hello stands: behind the header and the kind. */
  private static final int MARK_OFFSET = HEADER + 1;

  static final byte[] MAGIC = {
    (byte) 0xca,
    0x15,
    0x50,
    0x17,
    (byte) 0x9d,
    0x3e,
    (byte) 0xb4,
    0x61,
    0x0c,
    (byte) 0xf8,
    0x72,
    (byte) 0xa5,
    0x2b,
    (byte) 0xd9,
    0x46,
    (byte) 0xe3
  };

  private final byte[] mark;
  private final Optional<Check> check;
  private byte[] buffer = new byte[16 << 10];
  private int start;
  private int end;
  private boolean lost = true;

  private FrameReader(byte[] mark, Optional<Check> check) {
    this.mark = mark;
    this.check = check;
  }

  /** How CRC-32 is computed. */
  public interface Check {
    int of(byte[] bytes, int from, int count);
  }

  /** The agent's: frames carry a check, any hello begins anew. */
  public static FrameReader ofAgent(Check check) {
    return new FrameReader(MAGIC, Optional.of(check));
  }

  /** The agent's, for a JVM. */
  public static FrameReader ofAgent() {
    return ofAgent(Crc32::of);
  }

  /** The host's, for one connection, waiting for the reply to the hello with this nonce. */
  public static FrameReader ofHost(long nonceHigh, long nonceLow) {
    Encoder mark = new Encoder().raw(MAGIC, 0, MAGIC.length).i64(nonceHigh).i64(nonceLow);
    return new FrameReader(mark.toBytes(), Optional.empty());
  }

  /** Makes room; where {@link #buffer} can be filled from {@link #fillOffset} on. */
  public int room() {
    if (start > 0 && (start == end || buffer.length - end < 4096)) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      int largest = HEADER + Protocol.MAX_FRAME;
      byte[] larger = new byte[Math.min(buffer.length * 4, largest)];
      System.arraycopy(buffer, 0, larger, 0, end);
      buffer = larger;
    }
    return buffer.length - end;
  }

  public byte[] buffer() {
    return buffer;
  }

  public int fillOffset() {
    return end;
  }

  /** {@code count} bytes were put into {@link #buffer}. */
  public void filled(int count) {
    end += count;
  }

  /** Whether a frame has begun to come and its rest has not. */
  public boolean unfinished() {
    return !lost && end > start;
  }

  /**
   * Goes on to a hello that has come whole behind the beginning of a frame; false if there is none.
   * To be asked only where that frame's rest is not expected any more: its content could be made to
   * look like a hello.
   */
  public boolean skipToHello() {
    for (int at = start + 1; at + MARK_OFFSET + mark.length <= end; at++) {
      if (matches(at + MARK_OFFSET) && isWhole(at)) {
        start = at;
        return true;
      }
    }
    return false;
  }

  private boolean isWhole(int at) {
    int length = intAt(at);
    return length >= 1
        && length <= Math.min(Protocol.MAX_FRAME, end - at - HEADER)
        && isIntact(at, length);
  }

  private boolean isIntact(int at, int length) {
    return check.isEmpty() || intAt(at + 4) == check.get().of(buffer, at + HEADER, length);
  }

  /** Whether bytes are being skipped. */
  public boolean lost() {
    return lost;
  }

  /** The next message, if all of it has come. */
  public Optional<Message> next() {
    while (true) {
      if (lost && !findMark()) {
        return Optional.empty();
      }
      if (end - start < HEADER) {
        return Optional.empty();
      }
      int length = intAt(start);
      if (length < 1 || length > Protocol.MAX_FRAME) {
        lose();
        continue;
      }
      if (end - start < HEADER + length) {
        return Optional.empty();
      }
      if (!isIntact(start, length)) {
        lose();
        continue;
      }
      int from = start + HEADER;
      try {
        Message message = MessageCodec.read(buffer, from, length);
        start = from + length;
        return Optional.of(message);
      } catch (ProtocolException e) {
        start = from + length;
        throw e;
      }
    }
  }

  private void lose() {
    lost = true;
    start++;
  }

  /** Moves to the first frame that may hold a hello; keeps what may be the beginning of one. */
  private boolean findMark() {
    for (int at = start; at + MARK_OFFSET + mark.length <= end; at++) {
      if (matches(at + MARK_OFFSET)) {
        start = at;
        lost = false;
        return true;
      }
    }
    start = Math.max(start, end - MARK_OFFSET - mark.length + 1);
    return false;
  }

  private boolean matches(int at) {
    for (int i = 0; i < mark.length; i++) {
      if (buffer[at + i] != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private int intAt(int at) {
    return (buffer[at] << 24)
        | ((buffer[at + 1] & 0xff) << 16)
        | ((buffer[at + 2] & 0xff) << 8)
        | (buffer[at + 3] & 0xff);
  }
}
