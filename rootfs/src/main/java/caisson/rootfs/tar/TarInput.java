package caisson.rootfs.tar;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.io.InputStream;

/** The archive as a run of 512-byte blocks, counted as they go by. */
final class TarInput {
  static final int BLOCK = 512;
  private static final int BUFFER = 1 << 18;

  private final InputStream source;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private long received;

  TarInput(InputStream source) {
    this.source = source;
  }

  /** How many bytes have been handed out. */
  long offset() {
    return received - (limit - position);
  }

  /** Reads the next block; false if the archive ends exactly here. */
  boolean readBlock(byte[] block) {
    if (position == limit && !fill()) {
      return false;
    }
    readFully(block, BLOCK);
    return true;
  }

  void readFully(byte[] target, int length) {
    int[] at = {0};
    transfer(
        length,
        (bytes, offset, count) -> {
          System.arraycopy(bytes, offset, target, at[0], count);
          at[0] += count;
        });
  }

  /** Hands exactly {@code count} bytes to {@code sink}. */
  void transfer(long count, ContentSink sink) {
    long left = count;
    while (left > 0) {
      if (position == limit && !fill()) {
        throw corrupt("the archive ends " + left + " bytes too early");
      }
      int piece = (int) Math.min(left, limit - position);
      position += piece;
      left -= piece;
      sink.accept(buffer, position - piece, piece);
    }
  }

  /** Reads what is left of the stream. */
  void drain() {
    do {
      position = limit;
    } while (fill());
  }

  private boolean fill() {
    int count;
    try {
      count = source.readNBytes(buffer, 0, BUFFER);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.CORRUPT,
          "cannot read the tar archive after byte " + received + ": " + e.getMessage(),
          e);
    }
    received += count;
    position = 0;
    limit = count;
    return count > 0;
  }

  CaissonException corrupt(String why) {
    return new CaissonException(
        ErrorCode.CORRUPT, "cannot read the tar archive at byte " + offset() + ": " + why);
  }
}
