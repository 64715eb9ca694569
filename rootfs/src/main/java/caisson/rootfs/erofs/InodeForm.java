package caisson.rootfs.erofs;

import caisson.rootfs.tree.Directory;
import caisson.rootfs.tree.FileData;
import caisson.rootfs.tree.Node;
import caisson.rootfs.tree.RegularFile;
import caisson.rootfs.tree.SpecialFile;
import caisson.rootfs.tree.Symlink;

/**
 * How an inode is laid out: 64 bytes, its attributes, and perhaps a tail that is the end of a
 * directory, a link's target or a chunk map. A tail of data may not cross a block border, a chunk
 * map may. Data that cannot be a tail is in blocks of its own.
 *
 * @param layout number of the data layout in i_format
 * @param head bytes of inode and attributes
 * @param tail bytes behind them
 * @param blocks how many blocks of its own it has, apart from the data of regular files
 */
record InodeForm(int layout, int head, int tail, int blocks) {
  static final int FLAT_PLAIN = 0;
  static final int FLAT_INLINE = 2;
  static final int CHUNKED = 4;

  static final int CORE = 64;

  static InodeForm of(Node node, Xattrs xattrs) {
    int head = CORE + xattrs.inlineBytes(node);
    return switch (node) {
      case RegularFile file ->
          switch (file.data()) {
            case FileData.Flat _ -> new InodeForm(FLAT_PLAIN, head, 0, 0);
            case FileData.Chunked chunked ->
                new InodeForm(CHUNKED, head, chunked.chunks() * Integer.BYTES, 0);
          };
      case SpecialFile _ -> new InodeForm(FLAT_PLAIN, head, 0, 0);
      case Symlink link -> data(head, 1, link.target().length());
      case Directory directory -> {
        var content = DirectoryBlocks.of(directory);
        yield data(head, content.blocks(), content.lastBytes());
      }
    };
  }

  private static InodeForm data(int head, int blocks, int lastBytes) {
    return head % ImageFile.BLOCK + lastBytes <= ImageFile.BLOCK
        ? new InodeForm(FLAT_INLINE, head, lastBytes, blocks - 1)
        : new InodeForm(FLAT_PLAIN, head, 0, blocks);
  }

  /** The first place at or behind {@code offset} where an inode of this form can be. */
  long place(long offset) {
    long slot = (offset + InodeTable.SLOT - 1) & -InodeTable.SLOT;
    if (layout != FLAT_INLINE) {
      return slot;
    }
    long tailInBlock = (slot + head) % ImageFile.BLOCK;
    return tailInBlock + tail <= ImageFile.BLOCK
        ? slot
        : (slot + ImageFile.BLOCK - 1) & -ImageFile.BLOCK;
  }

  int bytes() {
    return head + tail;
  }
}
