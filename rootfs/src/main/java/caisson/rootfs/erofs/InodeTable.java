package caisson.rootfs.erofs;

import caisson.rootfs.tree.NodeList;

/**
 * Where every inode is in the metadata area. An inode's number is its place, counted in slots of 32
 * bytes; the root comes first, because the superblock has only 16 bits for it.
 */
final class InodeTable {
  static final int SLOT = 32;

  /** Number 0 would be inode 0 for programs, which some take for "none". */
  private static final int FIRST = 2 * SLOT;

  /** fsck.erofs reads a header of attributes behind every inode, even one that has none. */
  private static final int ROOM_BEHIND = Xattrs.HEADER;

  private final long[] offsets;
  private final long end;
  private final long blocks;

  InodeTable(NodeList nodes, Xattrs xattrs) {
    offsets = new long[nodes.size()];
    long at = FIRST;
    long own = 0;
    for (int i = 0; i < offsets.length; i++) {
      var form = InodeForm.of(nodes.get(i), xattrs);
      offsets[i] = form.place(at);
      at = offsets[i] + form.bytes();
      own += form.blocks();
    }
    end = at + ROOM_BEHIND;
    blocks = own;
  }

  /** The place of an inode in the metadata area, in bytes. */
  long offset(int number) {
    return offsets[number];
  }

  long nid(int number) {
    return offsets[number] / SLOT;
  }

  /** The length of the metadata area, in bytes. */
  long end() {
    return end;
  }

  /** How many blocks directories and links have outside of the metadata area. */
  long blocks() {
    return blocks;
  }
}
