package caisson.rootfs.erofs;

import caisson.rootfs.tree.Attributes;
import caisson.rootfs.tree.Directory;
import caisson.rootfs.tree.Node;
import caisson.rootfs.tree.RegularFile;
import caisson.rootfs.tree.SpecialFile;
import caisson.rootfs.tree.Symlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 64 bytes of an inode in its extended form (erofs_fs.h, struct erofs_inode_extended), which
 * has a time of its own and 32-bit owners.
 *
 * @param layout number of the data layout
 * @param xattrBytes length of the attributes that follow
 * @param mode type and permissions
 * @param union the field i_u
 * @param serial what a 32-bit stat shows as inode number
 */
record InodeRecord(
    int layout,
    int xattrBytes,
    int mode,
    long size,
    int union,
    int serial,
    Attributes attributes,
    int links) {
  private static final int EXTENDED = 1;

  byte[] encode() {
    var bytes = ByteBuffer.allocate(InodeForm.CORE).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) (EXTENDED | (layout << 1)));
    bytes.putShort((short) (xattrBytes == 0 ? 0 : (xattrBytes - Xattrs.HEADER) / 4 + 1));
    bytes.putShort((short) mode).putShort((short) 0);
    bytes.putLong(size).putInt(union).putInt(serial);
    bytes.putInt(attributes.uid()).putInt(attributes.gid());
    var modified = attributes.modified();
    bytes.putLong(modified.getEpochSecond()).putInt(modified.getNano()).putInt(links);
    return bytes.array();
  }

  /** The type bits of a mode (stat.h, S_IFMT). */
  static int type(Node node) {
    return switch (node) {
      case RegularFile _ -> 0100000;
      case Directory _ -> 0040000;
      case Symlink _ -> 0120000;
      case SpecialFile special ->
          switch (special.kind()) {
            case CHARACTER_DEVICE -> 0020000;
            case BLOCK_DEVICE -> 0060000;
            case FIFO -> 0010000;
            case SOCKET -> 0140000;
          };
    };
  }

  /** The type in a directory entry (fs_types.h, FT_…). */
  static int fileType(Node node) {
    return switch (node) {
      case RegularFile _ -> 1;
      case Directory _ -> 2;
      case Symlink _ -> 7;
      case SpecialFile special ->
          switch (special.kind()) {
            case CHARACTER_DEVICE -> 3;
            case BLOCK_DEVICE -> 4;
            case FIFO -> 5;
            case SOCKET -> 6;
          };
    };
  }

  /** A device number as Linux stores it (kdev_t.h, new_encode_dev). */
  static int deviceNumber(SpecialFile special) {
    int minor = special.minor();
    return (minor & 0xff) | (special.major() << 8) | ((minor & ~0xff) << 12);
  }
}
