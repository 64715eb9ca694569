package caisson.rootfs.erofs;

import caisson.rootfs.tree.ByteString;
import caisson.rootfs.tree.Directory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a directory (Documentation/filesystems/erofs.rst, "Directories"): names in byte
 * order, "." and ".." among them, cut into blocks. A block begins with its entries of 12 bytes
 * (inode number, offset of the name, type) and then has the names.
 */
final class DirectoryBlocks {
  private static final int ENTRY = 12;
  static final ByteString SELF = ByteString.of(".");
  static final ByteString PARENT = ByteString.of("..");

  private final List<ByteString> names;

  /** For each block the index of the first name behind it. */
  private final List<Integer> ends = new ArrayList<>();

  private final int lastBytes;

  private DirectoryBlocks(List<ByteString> names) {
    this.names = names;
    int used = 0;
    for (int i = 0; i < names.size(); i++) {
      int size = ENTRY + names.get(i).length();
      if (used + size > ImageFile.BLOCK) {
        ends.add(i);
        used = 0;
      }
      used += size;
    }
    ends.add(names.size());
    lastBytes = used;
  }

  static DirectoryBlocks of(Directory directory) {
    var names = directory.names();
    names.add(SELF);
    names.add(PARENT);
    names.sort(null);
    return new DirectoryBlocks(names);
  }

  int blocks() {
    return ends.size();
  }

  /** The used bytes of the last block. */
  int lastBytes() {
    return lastBytes;
  }

  long size() {
    return (long) (blocks() - 1) * ImageFile.BLOCK + lastBytes;
  }

  /** What an entry says about the file that it names. */
  interface Target {
    long nid(ByteString name);

    /** The type as in fs_types.h (FT_REG_FILE and so on). */
    int type(ByteString name);
  }

  /** The bytes of one block, in a buffer of a block's length. */
  byte[] encode(int block, Target target) {
    int first = block == 0 ? 0 : ends.get(block - 1);
    int end = ends.get(block);
    var buffer = ByteBuffer.allocate(ImageFile.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    int nameAt = (end - first) * ENTRY;
    for (int i = first; i < end; i++) {
      var name = names.get(i);
      buffer.putLong(target.nid(name)).putShort((short) nameAt);
      buffer.put((byte) target.type(name)).put((byte) 0);
      name.copyTo(buffer.array(), nameAt);
      nameAt += name.length();
    }
    return buffer.array();
  }
}
