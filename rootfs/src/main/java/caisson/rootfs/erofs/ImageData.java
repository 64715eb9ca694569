package caisson.rootfs.erofs;

import caisson.rootfs.layer.DataStore;
import caisson.rootfs.tar.SparseMap;
import caisson.rootfs.tar.TarReader;
import caisson.rootfs.tree.FileData;
import java.util.Arrays;

/**
 * Writes the data of files behind each other into an image, each from a block border. A file with
 * holes is cut into chunks; a chunk without data is a hole and takes no room, one with data takes
 * its whole length in the image but only its data on the disk.
 */
final class ImageData implements DataStore {
  /** The largest file that ext4 with its usual blocks can hold. */
  private static final long MAX_SIZE = 1L << 44;

  /** A chunk map of this many entries fills a block. */
  private static final int FREE_CHUNKS = 1024;

  private static final int CHUNKS_PER_EXTENT = 4;

  /** The format has five bits for it (erofs_fs.h, EROFS_CHUNK_FORMAT_BLKBITS_MASK). */
  private static final int MAX_BITS = 31;

  private final ImageFile image;

  ImageData(ImageFile image) {
    this.image = image;
  }

  @Override
  public FileData store(TarReader content, long size) {
    if (size == 0) {
      return FileData.NONE;
    }
    int block = image.block();
    content.content(image::write);
    image.pad(ImageFile.BLOCK);
    return new FileData.Flat(block);
  }

  @Override
  public FileData store(TarReader content, long size, SparseMap map) {
    if (size > MAX_SIZE) {
      throw content.corrupt("a sparse file has " + size + " bytes, more than 16 TiB");
    }
    if (map.dataBytes() == size) {
      return store(content, size);
    }
    int bits = chunkBits(size, map.extents());
    int[] blocks = new int[chunks(size, bits)];
    Arrays.fill(blocks, FileData.HOLE);
    var writer = new SparseWriter(image, map, size, bits, blocks);
    content.content(writer::write);
    writer.finish();
    return new FileData.Chunked(bits, blocks);
  }

  private static int chunks(long size, int bits) {
    long chunk = (long) ImageFile.BLOCK << bits;
    return Math.toIntExact((size + chunk - 1) / chunk);
  }

  /** The smallest chunks whose map stays in proportion to the data, so that holes cost nothing. */
  private static int chunkBits(long size, int extents) {
    long most = extents == 0 ? 2 : FREE_CHUNKS + (long) CHUNKS_PER_EXTENT * extents;
    int bits = 0;
    while (bits < MAX_BITS && (size - 1) >>> (ImageFile.BLOCK_BITS + bits) >= most) {
      bits++;
    }
    return bits;
  }
}
