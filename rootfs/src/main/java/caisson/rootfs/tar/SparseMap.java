package caisson.rootfs.tar;

import java.util.Arrays;

/**
 * Where the data of a sparse file lies: extents in ascending order that neither touch the same byte
 * nor reach past the end of the file. Everything between them is a hole.
 */
public final class SparseMap {
  private long[] offsets = new long[4];
  private long[] lengths = new long[4];
  private int extents;
  private long end;
  private long dataBytes;

  SparseMap() {}

  /**
   * Adds an extent. One of length zero marks the end of the file and is dropped.
   *
   * @return false if the extent is not behind all others or overflows
   */
  boolean add(long offset, long length) {
    if (offset < end || length < 0 || offset > Long.MAX_VALUE - length) {
      return false;
    }
    end = offset + length;
    if (length > 0) {
      append(offset, length);
    }
    return true;
  }

  private void append(long offset, long length) {
    dataBytes += length;
    if (extents > 0 && offsets[extents - 1] + lengths[extents - 1] == offset) {
      lengths[extents - 1] += length;
      return;
    }
    if (extents == offsets.length) {
      offsets = Arrays.copyOf(offsets, extents * 2);
      lengths = Arrays.copyOf(lengths, extents * 2);
    }
    offsets[extents] = offset;
    lengths[extents] = length;
    extents++;
  }

  public int extents() {
    return extents;
  }

  public long offset(int extent) {
    return offsets[extent];
  }

  public long length(int extent) {
    return lengths[extent];
  }

  /** The sum of all lengths: how many bytes the archive stores. */
  public long dataBytes() {
    return dataBytes;
  }

  /** The first byte behind the last extent, or the end marker if that is further. */
  long end() {
    return end;
  }
}
