package caisson.rootfs.erofs;

import caisson.rootfs.tar.SparseMap;
import caisson.rootfs.tree.FileData;

/** Spreads the stored bytes of one sparse file over the chunks of an image. */
final class SparseWriter {
  private final ImageFile image;
  private final SparseMap map;
  private final long size;
  private final int chunkShift;
  private final int[] blocks;
  private int extent;
  private long doneInExtent;
  private int openChunk = -1;

  SparseWriter(ImageFile image, SparseMap map, long size, int bits, int[] blocks) {
    this.image = image;
    this.map = map;
    this.size = size;
    this.chunkShift = ImageFile.BLOCK_BITS + bits;
    this.blocks = blocks;
  }

  void write(byte[] bytes, int offset, int length) {
    int at = offset;
    int left = length;
    while (left > 0) {
      long position = map.offset(extent) + doneInExtent;
      long inExtent = map.length(extent) - doneInExtent;
      int chunk = (int) (position >>> chunkShift);
      long inChunk = ((long) (chunk + 1) << chunkShift) - position;
      int piece = (int) Math.min(left, Math.min(inExtent, inChunk));
      open(chunk);
      image.moveTo(start(chunk) + (position - ((long) chunk << chunkShift)));
      image.write(bytes, at, piece);
      at += piece;
      left -= piece;
      advance(piece);
    }
  }

  private void advance(int piece) {
    doneInExtent += piece;
    if (doneInExtent == map.length(extent)) {
      extent++;
      doneInExtent = 0;
    }
  }

  private void open(int chunk) {
    if (blocks[chunk] == FileData.HOLE) {
      finish();
      blocks[chunk] = image.block();
      openChunk = chunk;
    }
  }

  /** Gives the chunk that was written last its whole length. */
  void finish() {
    if (openChunk >= 0) {
      long length = Math.min(1L << chunkShift, size - ((long) openChunk << chunkShift));
      image.moveTo(start(openChunk) + length);
      image.pad(ImageFile.BLOCK);
    }
  }

  private long start(int chunk) {
    return Integer.toUnsignedLong(blocks[chunk]) << ImageFile.BLOCK_BITS;
  }
}
