package caisson.rootfs.erofs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The superblock of an EROFS image (Linux, fs/erofs/erofs_fs.h, struct erofs_super_block): 128
 * bytes at 1024, guarded by a checksum of the rest of the first block.
 *
 * @param inodes how many there are
 * @param buildSeconds the time of inodes that have none of their own (ours all have)
 * @param blocks the length of the image
 * @param metaBlock where inode number 0 would be
 * @param xattrBlock where shared attributes begin
 * @param rootNid the root's inode number
 * @param chunked whether any file is cut into chunks
 */
record Superblock(
    long inodes,
    long buildSeconds,
    long blocks,
    long metaBlock,
    long xattrBlock,
    int rootNid,
    UUID uuid,
    boolean chunked) {
  static final int OFFSET = 1024;
  static final int MAGIC = 0xE0F5_E1E2;

  private static final int COMPAT_CHECKSUM = 0x1;
  private static final int COMPAT_MTIME = 0x2;
  private static final int INCOMPAT_CHUNKED = 0x4;
  private static final int CHECKSUM_AT = OFFSET + 4;

  /** The first block of the image. */
  byte[] encode() {
    var block = ByteBuffer.allocate(ImageFile.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    block.position(OFFSET);
    block.putInt(MAGIC).putInt(0).putInt(COMPAT_CHECKSUM | COMPAT_MTIME);
    block.put((byte) ImageFile.BLOCK_BITS).put((byte) 0);
    block.putShort((short) rootNid).putLong(inodes);
    block.putLong(buildSeconds).putInt(0);
    block.putInt((int) blocks).putInt((int) metaBlock).putInt((int) xattrBlock);
    // A UUID is the one big-endian field.
    block.order(ByteOrder.BIG_ENDIAN);
    block.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    block.order(ByteOrder.LITTLE_ENDIAN);
    block.position(block.position() + 16);
    block.putInt(chunked ? INCOMPAT_CHUNKED : 0);
    block.putInt(CHECKSUM_AT, checksum(block.array()));
    return block.array();
  }

  /** CRC-32C of everything from the superblock on, without the final inversion. */
  private static int checksum(byte[] block) {
    var crc = new CRC32C();
    crc.update(block, OFFSET, ImageFile.BLOCK - OFFSET);
    return ~(int) crc.getValue();
  }
}
