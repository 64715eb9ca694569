package caisson.rootfs.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What two ext4 file systems must not share: the UUID, and the seed that decides how names hash (so
 * that nobody can prepare names that collide). Both are in every copy of the superblock
 * (Documentation/filesystems/ext4, "Super Block").
 */
public record Ext4Identity(UUID uuid, UUID hashSeed) {
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final int MAGIC_AT = 56;
  private static final short MAGIC = (short) 0xEF53;
  private static final int GROUP_AT = 90;
  private static final int UUID_AT = 104;
  private static final int HASH_SEED_AT = 236;
  private static final int CHECKSUM_AT = 1020;

  /** The first superblock is behind a boot sector's room, the others begin their groups. */
  private static final int FIRST_AT = 1024;

  /** A block group has as many blocks as one bitmap block has bits. */
  private static final long GROUP_BYTES = 8L * Ext4Template.BLOCK * Ext4Template.BLOCK;

  public static Ext4Identity random() {
    return new Ext4Identity(randomUuid(), randomUuid());
  }

  private static UUID randomUuid() {
    return new UUID(
        (RANDOM.nextLong() & ~0xf000L) | 0x4000L, (RANDOM.nextLong() & ~(3L << 62)) | (1L << 63));
  }

  /** {@code block}, or a copy with this identity if it holds a superblock. */
  ByteBuffer applied(long offset, ByteBuffer block) {
    int at = offset == 0 ? FIRST_AT : 0;
    if (offset % GROUP_BYTES != 0 || !isSuperblock(block, at, offset / GROUP_BYTES)) {
      return block.duplicate();
    }
    var copy = ByteBuffer.allocate(block.capacity()).order(ByteOrder.BIG_ENDIAN);
    copy.put(block.duplicate());
    put(copy, at + UUID_AT, uuid);
    put(copy, at + HASH_SEED_AT, hashSeed);
    var crc = new CRC32C();
    crc.update(copy.array(), at, CHECKSUM_AT);
    copy.order(ByteOrder.LITTLE_ENDIAN).putInt(at + CHECKSUM_AT, ~(int) crc.getValue());
    return copy.clear();
  }

  private static boolean isSuperblock(ByteBuffer block, int at, long group) {
    var fields = block.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return fields.getShort(at + MAGIC_AT) == MAGIC
        && Short.toUnsignedInt(fields.getShort(at + GROUP_AT)) == (group & 0xffff);
  }

  private static void put(ByteBuffer target, int at, UUID value) {
    target.putLong(at, value.getMostSignificantBits());
    target.putLong(at + Long.BYTES, value.getLeastSignificantBits());
  }
}
