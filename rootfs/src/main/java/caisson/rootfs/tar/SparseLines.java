package caisson.rootfs.tar;

import java.util.function.Supplier;

/** Decimal numbers, each ended by a newline, in 512-byte blocks. */
final class SparseLines {
  private final Supplier<byte[]> blocks;
  private final TarInput input;
  private byte[] block = new byte[0];
  private int at;

  SparseLines(Supplier<byte[]> blocks, TarInput input) {
    this.blocks = blocks;
    this.input = input;
  }

  long next() {
    long value = 0;
    for (int digits = 0; ; digits++) {
      byte b = nextByte();
      if (b == '\n' && digits > 0) {
        return value;
      }
      if (b < '0' || b > '9' || value > (Long.MAX_VALUE - 9) / 10) {
        throw input.corrupt("a sparse file's map is not made of lines of digits");
      }
      value = value * 10 + (b - '0');
    }
  }

  private byte nextByte() {
    if (at == block.length) {
      block = blocks.get();
      at = 0;
    }
    return block[at++];
  }
}
