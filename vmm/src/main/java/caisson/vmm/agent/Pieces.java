package caisson.vmm.agent;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Bytes in the order in which they came. Large pieces are handed on as they are, without a copy;
 * small ones are put together, so that their number costs nothing.
 */
final class Pieces {
  private static final int LARGE = 16 << 10;

  private final ArrayDeque<byte[]> whole = new ArrayDeque<>();
  private ByteArrayOutputStream last = new ByteArrayOutputStream(0);

  /** Adds the bytes from {@code from} on; they must not change any more. */
  void add(byte[] bytes, int from) {
    int count = bytes.length - from;
    if (from == 0 && count >= LARGE) {
      closeLast();
      whole.add(bytes);
    } else if (count > 0) {
      last.write(bytes, from, count);
      if (last.size() >= LARGE) {
        closeLast();
      }
    }
  }

  boolean isEmpty() {
    return whole.isEmpty() && last.size() == 0;
  }

  /** Takes the next. */
  Optional<byte[]> poll() {
    if (whole.isEmpty()) {
      closeLast();
    }
    return Optional.ofNullable(whole.poll());
  }

  /** Its memory is not kept: most streams are idle. */
  private void closeLast() {
    if (last.size() > 0) {
      whole.add(last.toByteArray());
      last = new ByteArrayOutputStream(0);
    }
  }
}
