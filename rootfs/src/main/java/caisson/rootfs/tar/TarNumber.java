package caisson.rootfs.tar;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Numbers in header fields: octal digits ended by a space or NUL (POSIX.1-1988), or, when the first
 * byte has its top bit set, a big-endian two's complement number in the other bits (GNU).
 */
final class TarNumber {
  private TarNumber() {}

  /** The number, or empty if the field has no valid one or it needs more than 64 bits. */
  static OptionalLong parse(byte[] block, int offset, int length) {
    return (block[offset] & 0x80) != 0
        ? binary(block, offset, length)
        : octal(block, offset, length);
  }

  private static OptionalLong binary(byte[] block, int offset, int length) {
    byte[] field = Arrays.copyOfRange(block, offset, offset + length);
    // The top bit is the marker and the next one the sign: copy the sign over the marker.
    field[0] = (byte) ((field[0] & 0x40) != 0 ? field[0] | 0x80 : field[0] & 0x7f);
    var value = new BigInteger(field);
    return value.bitLength() < Long.SIZE
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }

  private static OptionalLong octal(byte[] block, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end && (block[at] == ' ' || block[at] == 0)) {
      at++;
    }
    long value = 0;
    while (at < end && block[at] >= '0' && block[at] <= '7') {
      value = value << 3 | block[at] - '0';
      at++;
    }
    // Twelve octal digits are 36 bits, so the sum cannot overflow.
    return at == end || block[at] == ' ' || block[at] == 0
        ? OptionalLong.of(value)
        : OptionalLong.empty();
  }
}
