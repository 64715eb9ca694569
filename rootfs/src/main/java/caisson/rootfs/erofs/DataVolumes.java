package caisson.rootfs.erofs;

import caisson.rootfs.tree.FileData;

/** Where in one address space several images begin. */
final class DataVolumes {
  /** An image that holds its own data. */
  static final DataVolumes SELF = new DataVolumes(new long[] {0});

  private final long[] starts;

  /**
   * @param starts the first block of each image, now owned by this
   */
  DataVolumes(long[] starts) {
    this.starts = starts;
  }

  /** The address of {@code block} of image {@code volume}; a hole stays a hole. */
  int absolute(int volume, int block) {
    return block == FileData.HOLE ? block : (int) (starts[volume] + Integer.toUnsignedLong(block));
  }
}
