package caisson.rootfs.erofs;

import caisson.rootfs.tree.Directory;
import caisson.rootfs.tree.FileData;
import caisson.rootfs.tree.Node;
import caisson.rootfs.tree.NodeList;
import caisson.rootfs.tree.RegularFile;
import caisson.rootfs.tree.SpecialFile;
import caisson.rootfs.tree.Symlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Writes everything but the data of files, behind it: blocks of directories and long links, shared
 * attributes, inodes. At last the superblock goes to the front.
 */
final class MetadataWriter {
  private final ImageFile image;
  private final NodeList nodes;
  private final Xattrs xattrs;
  private final InodeTable table;

  /** First own block of the inodes that have some. */
  private final int[] ownBlocks;

  private final DataVolumes volumes;
  private boolean chunked;

  /**
   * @param volumes where the images that hold the data of files begin
   */
  MetadataWriter(ImageFile image, Directory root, DataVolumes volumes) {
    this.image = image;
    this.nodes = NodeList.of(root);
    this.xattrs = Xattrs.of(nodes);
    this.table = new InodeTable(nodes, xattrs);
    this.ownBlocks = new int[nodes.size()];
    this.volumes = volumes;
  }

  /** How many blocks {@link #write} appends. */
  long blocks() {
    return table.blocks() + blocks(xattrs.sharedBytes()) + blocks(table.end());
  }

  private static long blocks(long bytes) {
    return (bytes + ImageFile.BLOCK - 1) >>> ImageFile.BLOCK_BITS;
  }

  /**
   * Writes it.
   *
   * @param blocksBehind how many blocks of other images follow this one
   */
  void write(UUID uuid, long blocksBehind) {
    for (int i = 0; i < nodes.size(); i++) {
      writeOwnBlocks(i);
    }
    long xattrBlock = Integer.toUnsignedLong(image.block());
    byte[] shared = xattrs.sharedArea();
    image.write(shared, 0, shared.length);
    long metaBlock = Integer.toUnsignedLong(image.block());
    long start = image.position();
    for (int i = 0; i < nodes.size(); i++) {
      image.moveTo(start + table.offset(i));
      writeInode(i);
    }
    image.moveTo(start + table.end());
    long blocks = Integer.toUnsignedLong(image.block()) + blocksBehind;
    var superblock =
        new Superblock(
            nodes.size(),
            newest(),
            blocks,
            metaBlock,
            shared.length == 0 ? 0 : xattrBlock,
            Math.toIntExact(table.nid(0)),
            uuid,
            chunked);
    image.patch(0, superblock.encode());
  }

  /** The newest time in the image, which is when it was built as far as anyone can tell. */
  private long newest() {
    long newest = 0;
    for (int i = 0; i < nodes.size(); i++) {
      newest = Math.max(newest, nodes.get(i).attributes().modified().getEpochSecond());
    }
    return newest;
  }

  private void writeOwnBlocks(int number) {
    var node = nodes.get(number);
    var form = InodeForm.of(node, xattrs);
    if (form.blocks() == 0) {
      return;
    }
    ownBlocks[number] = image.block();
    if (node instanceof Directory directory) {
      var content = DirectoryBlocks.of(directory);
      for (int i = 0; i < form.blocks(); i++) {
        image.write(content.encode(i, targets(directory)), 0, ImageFile.BLOCK);
      }
    } else if (node instanceof Symlink link) {
      image.write(link.target().toByteArray(), 0, link.target().length());
      image.pad(ImageFile.BLOCK);
    }
  }

  private DirectoryTargets targets(Directory directory) {
    return new DirectoryTargets(directory, nodes, table);
  }

  private void writeInode(int number) {
    var node = nodes.get(number);
    var form = InodeForm.of(node, xattrs);
    byte[] attributes = xattrs.inline(node);
    var inode =
        new InodeRecord(
            form.layout(),
            attributes.length,
            InodeRecord.type(node) | node.attributes().mode(),
            size(node),
            union(node, number),
            number + 1,
            node.attributes(),
            nodes.links(number));
    image.write(inode.encode(), 0, InodeForm.CORE);
    image.write(attributes, 0, attributes.length);
    writeTail(node, form);
  }

  private void writeTail(Node node, InodeForm form) {
    if (form.tail() == 0) {
      return;
    }
    switch (node) {
      case Directory directory -> {
        var content = DirectoryBlocks.of(directory);
        byte[] last = content.encode(content.blocks() - 1, targets(directory));
        image.write(last, 0, form.tail());
      }
      case Symlink link -> image.write(link.target().toByteArray(), 0, form.tail());
      case RegularFile file -> writeChunkMap(file);
      case SpecialFile _ -> throw new IllegalStateException("a special file has no tail");
    }
  }

  private void writeChunkMap(RegularFile file) {
    if (!(file.data() instanceof FileData.Chunked map)) {
      return;
    }
    var entry = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < map.chunks(); i++) {
      entry.putInt(0, volumes.absolute(file.volume(), map.block(i)));
      image.write(entry.array(), 0, Integer.BYTES);
    }
    chunked = true;
  }

  private static long size(Node node) {
    return switch (node) {
      case RegularFile file -> file.size();
      case Directory directory -> DirectoryBlocks.of(directory).size();
      case Symlink link -> link.target().length();
      case SpecialFile _ -> 0;
    };
  }

  /** The field i_u: first block, chunk format or device number. */
  private int union(Node node, int number) {
    return switch (node) {
      case RegularFile file ->
          switch (file.data()) {
            case FileData.Flat flat ->
                file.size() == 0 ? 0 : volumes.absolute(file.volume(), flat.block());
            case FileData.Chunked map -> map.bits();
          };
      case Directory _, Symlink _ -> ownBlocks[number];
      case SpecialFile special -> InodeRecord.deviceNumber(special);
    };
  }
}
