package caisson.runtime.link;

import java.util.List;

/**
 * One thing that the daemon and a monitor tell each other:
 *
 * <pre>
 *   0  u8   kind
 *   1  u32  length of the payload, at most {@link #MAX_PAYLOAD}; big-endian, as all numbers
 *   5       payload
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Frame(Kind kind, byte[] payload) {
  /** The largest payload, in bytes. */
  public static final int MAX_PAYLOAD = 64 << 10;

  static final int HEADER = 5;

  /** What a frame is about. */
  public enum Kind {
    /** From the daemon: u8 source (1 or 2), i64 where in the stream, bytes. */
    OUTPUT(1),
    /** From the daemon: the last {@link #INPUT} has been taken; the next may come. */
    TAKEN(2),
    /** From the daemon, after all output: i32 code. */
    ENDED(3),
    /** From the monitor, first: i64 how much of standard output it has written, i64 of error. */
    HELLO(10),
    /** From the monitor: u8 source, i64 how much of it is written now. */
    WRITTEN(11),
    /** From the monitor: bytes of standard input. */
    INPUT(12),
    /** From the monitor: standard input has ended. */
    INPUT_ENDED(13),
    /** From the monitor: i32 rows, i32 columns. */
    RESIZE(14),
    /** From the monitor: i32 signal. */
    SIGNAL(15);

    private static final List<Kind> ALL =
        List.of(OUTPUT, TAKEN, ENDED, HELLO, WRITTEN, INPUT, INPUT_ENDED, RESIZE, SIGNAL);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    static Kind of(int number) {
      for (Kind kind : ALL) {
        if (kind.number == number) {
          return kind;
        }
      }
      throw new InvalidFrameException("there is no frame of kind " + number);
    }
  }

  /** The frame as it goes over the connection. */
  public byte[] encode() {
    byte[] bytes = new byte[HEADER + payload.length];
    bytes[0] = (byte) kind.number;
    Numbers.putInt(bytes, 1, payload.length);
    System.arraycopy(payload, 0, bytes, HEADER, payload.length);
    return bytes;
  }

  /** Output of one of the streams. */
  public static Frame output(int source, long offset, byte[] bytes, int from, int count) {
    byte[] payload = new byte[9 + count];
    payload[0] = (byte) source;
    Numbers.putLong(payload, 1, offset);
    System.arraycopy(bytes, from, payload, 9, count);
    return new Frame(Kind.OUTPUT, payload);
  }

  /** What is written of a stream. */
  public static Frame written(int source, long position) {
    byte[] payload = new byte[9];
    payload[0] = (byte) source;
    Numbers.putLong(payload, 1, position);
    return new Frame(Kind.WRITTEN, payload);
  }

  /** What is written of both streams. */
  public static Frame hello(long stdout, long stderr) {
    byte[] payload = new byte[16];
    Numbers.putLong(payload, 0, stdout);
    Numbers.putLong(payload, 8, stderr);
    return new Frame(Kind.HELLO, payload);
  }

  /** A frame that holds numbers and nothing else. */
  public static Frame numbers(Kind kind, int... numbers) {
    byte[] payload = new byte[4 * numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      Numbers.putInt(payload, 4 * i, numbers[i]);
    }
    return new Frame(kind, payload);
  }

  /**
   * The u8 at the beginning.
   *
   * @throws InvalidFrameException if there is none
   */
  public int source() {
    require(1);
    return payload[0] & 0xff;
  }

  /** The i32 at {@code offset}. */
  public int intAt(int offset) {
    require(offset + 4);
    return Numbers.getInt(payload, offset);
  }

  /** The i64 at {@code offset}. */
  public long longAt(int offset) {
    require(offset + 8);
    return Numbers.getLong(payload, offset);
  }

  private void require(int length) {
    if (payload.length < length) {
      throw new InvalidFrameException("a frame is too short: " + payload.length + " bytes");
    }
  }
}
