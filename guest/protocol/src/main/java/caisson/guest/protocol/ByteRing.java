package caisson.guest.protocol;

/**
 * The bytes of a stream from one offset to another, at most {@link Protocol#WINDOW} of them, or
 * {@link Protocol#LARGE_WINDOW} while there is memory for it. Takes memory as it is needed and
 * keeps it until it is cleared.
 */
public final class ByteRing {
  private static final int FIRST = 4 << 10;

  private final WindowMemory more;
  private byte[] ring = new byte[0];
  private long start;
  private long end;

  /** An empty ring whose first byte will be that at {@code offset}. */
  public ByteRing(long offset) {
    this(offset, WindowMemory.none());
  }

  /**
   * An empty ring.
   *
   * @param more what it may take where {@link Protocol#WINDOW} is not enough
   */
  ByteRing(long offset, WindowMemory more) {
    this.more = more;
    start = offset;
    end = offset;
  }

  /** The offset of the first byte. */
  public long start() {
    return start;
  }

  /** The offset behind the last byte. */
  public long end() {
    return end;
  }

  public int size() {
    return (int) (end - start);
  }

  /** How many bytes {@link #append} takes. */
  public int room() {
    return capacity() - size();
  }

  private int capacity() {
    return large() || more.available() ? Protocol.LARGE_WINDOW : Protocol.WINDOW;
  }

  private boolean large() {
    return ring.length > Protocol.WINDOW;
  }

  /** Adds bytes at the end; at most {@link #room}. */
  public void append(byte[] bytes, int from, int count) {
    if (count > room()) {
      throw new IllegalStateException(count + " bytes for a room of " + room());
    }
    if (count == 0) {
      return;
    }
    grow(size() + count);
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
    byte[] larger = new byte[Math.min(size, capacity())];
    if (larger.length > Protocol.WINDOW && !large()) {
      more.take();
    }
    long offset = start;
    while (offset < end) {
      int from = (int) (offset % ring.length);
      int to = (int) (offset % larger.length);
      int count = (int) Math.min(end - offset, ring.length - from);
      count = Math.min(count, larger.length - to);
      System.arraycopy(ring, from, larger, to, count);
      offset += count;
    }
    ring = larger;
  }

  /** A copy of {@code count} bytes from {@code offset} on. */
  public byte[] copy(long offset, int count) {
    byte[] bytes = new byte[count];
    int at = (int) (offset % ring.length);
    int first = Math.min(count, ring.length - at);
    System.arraycopy(ring, at, bytes, 0, first);
    System.arraycopy(ring, 0, bytes, first, count - first);
    return bytes;
  }

  /** Writes {@code count} bytes from {@code offset} on to {@code out}. */
  void write(long offset, int count, Encoder out) {
    int at = (int) (offset % ring.length);
    int first = Math.min(count, ring.length - at);
    out.raw(ring, at, first).raw(ring, 0, count - first);
  }

  /**
   * Has {@code source} put up to {@code most} bytes at the end, as many as fit in one piece;
   * answers what it answers.
   */
  public int fill(Source source, int most) {
    if (size() == ring.length && most > 0) {
      grow(size() + 1);
    }
    int at = (int) (end % ring.length);
    int free = Math.min(ring.length - size(), ring.length - at);
    int count = source.put(ring, at, Math.min(free, most));
    end += Math.max(0, count);
    return count;
  }

  /** What puts up to {@code count} bytes into an array and says how many; negative for none. */
  public interface Source {
    int put(byte[] bytes, int from, int count);
  }

  /** Hands the first bytes to {@code sink}, as many as lie in one piece. */
  public int offer(Sink sink) {
    if (size() == 0) {
      return 0;
    }
    int at = (int) (start % ring.length);
    return sink.take(ring, at, Math.min(size(), ring.length - at));
  }

  /** What takes bytes from an array and says how many it took. */
  public interface Sink {
    int take(byte[] bytes, int from, int count);
  }

  /** Forgets everything before {@code offset}. */
  public void drop(long offset) {
    start = Math.max(start, Math.min(offset, end));
  }

  /** Forgets everything and gives the memory back. */
  public void clear() {
    if (large()) {
      more.give();
    }
    start = end;
    ring = new byte[0];
  }
}
