package caisson.rootfs.tree;

/** Where the data of a regular file lies, in whole blocks of the image that holds it. */
public sealed interface FileData {
  /** The address that stands for a hole. */
  int HOLE = -1;

  /** Without data: the file has length zero. */
  FileData NONE = new Flat(0);

  /**
   * In one piece.
   *
   * @param block the first block, an unsigned 32-bit number
   */
  record Flat(int block) implements FileData {}

  /** In chunks of equal size, each in one piece somewhere or a hole; the last one may be cut. */
  final class Chunked implements FileData {
    private final int bits;
    private final int[] blocks;

    /**
     * @param bits a chunk has 2 to the power of this many blocks
     * @param blocks first block of every chunk, or {@link #HOLE}; now owned by this
     */
    public Chunked(int bits, int[] blocks) {
      this.bits = bits;
      this.blocks = blocks;
    }

    public int bits() {
      return bits;
    }

    public int chunks() {
      return blocks.length;
    }

    public int block(int chunk) {
      return blocks[chunk];
    }
  }
}
