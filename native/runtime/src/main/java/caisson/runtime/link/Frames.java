package caisson.runtime.link;

import java.util.Optional;

/** Finds frames in bytes that come in pieces of any size. */
public final class Frames {
  private byte[] bytes = new byte[4096];
  private int start;
  private int end;

  /** Takes in what has come. */
  public void add(byte[] piece, int count) {
    if (bytes.length - end < count) {
      byte[] larger = new byte[Math.max(bytes.length, end - start + count)];
      System.arraycopy(bytes, start, larger, 0, end - start);
      end -= start;
      start = 0;
      bytes = larger;
    }
    System.arraycopy(piece, 0, bytes, end, count);
    end += count;
  }

  /**
   * The next frame, if all of it has come.
   *
   * @throws InvalidFrameException if it is none
   */
  public Optional<Frame> next() {
    if (end - start < Frame.HEADER) {
      return Optional.empty();
    }
    Frame.Kind kind = Frame.Kind.of(bytes[start] & 0xff);
    int length = Numbers.getInt(bytes, start + 1);
    if (length < 0 || length > Frame.MAX_PAYLOAD) {
      throw new InvalidFrameException("a frame is said to have " + length + " bytes");
    }
    if (end - start < Frame.HEADER + length) {
      return Optional.empty();
    }
    byte[] payload = new byte[length];
    System.arraycopy(bytes, start + Frame.HEADER, payload, 0, length);
    start += Frame.HEADER + length;
    return Optional.of(new Frame(kind, payload));
  }
}
