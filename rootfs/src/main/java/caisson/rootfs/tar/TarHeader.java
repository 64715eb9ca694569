package caisson.rootfs.tar;

import caisson.rootfs.tree.ByteString;
import java.util.Arrays;

/**
 * One 512-byte header block (POSIX.1-1988 "ustar" and its GNU and version 7 relatives; layout in
 * GNU tar's manual, "Basic Tar Format").
 */
final class TarHeader {
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int TYPE = 156;
  private static final byte[] MAGIC = {'u', 's', 't', 'a', 'r'};

  private final byte[] block;
  private final TarInput input;

  private TarHeader(byte[] block, TarInput input) {
    this.block = block;
    this.input = input;
  }

  /** Checks {@code block}, which must not be all zero, and keeps it. */
  static TarHeader decode(byte[] block, TarInput input) {
    var header = new TarHeader(block, input);
    long stored = header.number("checksum", CHECKSUM, CHECKSUM_LENGTH);
    if (stored != header.sum(0xff) && stored != header.sum(-1)) {
      throw input.corrupt("the header's checksum is wrong");
    }
    return header;
  }

  /** The sum over all bytes, unsigned, or signed as some old programs computed it. */
  private long sum(int mask) {
    long sum = 0;
    for (int i = 0; i < block.length; i++) {
      boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
      sum += own ? ' ' : block[i] & mask;
    }
    return sum;
  }

  private boolean posix() {
    return Arrays.equals(block, 257, 262, MAGIC, 0, 5) && block[262] == 0;
  }

  char type() {
    return (char) (block[TYPE] & 0xff);
  }

  ByteString name() {
    var name = text(0, 100);
    // GNU's own format keeps times and its sparse map where ustar has the prefix.
    var prefix = posix() ? text(345, 155) : ByteString.EMPTY;
    return prefix.isEmpty() ? name : prefix.concat('/', name);
  }

  ByteString linkName() {
    return text(157, 100);
  }

  long mode() {
    return number("mode", 100, 8);
  }

  long uid() {
    return number("user id", 108, 8);
  }

  long gid() {
    return number("group id", 116, 8);
  }

  long size() {
    long size = number("size", 124, 12);
    if (size < 0) {
      throw input.corrupt("the size of a member is negative: " + size);
    }
    return size;
  }

  long modified() {
    return number("modification time", 136, 12);
  }

  long deviceMajor() {
    return number("device number", 329, 8);
  }

  long deviceMinor() {
    return number("device number", 337, 8);
  }

  private long number(String what, int offset, int length) {
    return TarNumber.parse(block, offset, length)
        .orElseThrow(() -> input.corrupt("the header's " + what + " is not a number"));
  }

  private ByteString text(int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return ByteString.copyOf(block, offset, end - offset);
  }

  /** The block itself, for {@link SparseReader}. */
  byte[] block() {
    return block;
  }
}
