package caisson.rootfs.erofs;

import caisson.rootfs.tree.ByteString;
import caisson.rootfs.tree.Directory;
import caisson.rootfs.tree.Node;
import caisson.rootfs.tree.NodeList;

/** Numbers and types of what a directory's entries name. */
final class DirectoryTargets implements DirectoryBlocks.Target {
  private final Directory directory;
  private final NodeList nodes;
  private final InodeTable table;

  DirectoryTargets(Directory directory, NodeList nodes, InodeTable table) {
    this.directory = directory;
    this.nodes = nodes;
    this.table = table;
  }

  @Override
  public long nid(ByteString name) {
    return table.nid(node(name).number());
  }

  @Override
  public int type(ByteString name) {
    return InodeRecord.fileType(node(name));
  }

  private Node node(ByteString name) {
    if (name.equals(DirectoryBlocks.SELF)) {
      return directory;
    }
    return name.equals(DirectoryBlocks.PARENT)
        ? nodes.get(nodes.parent(directory.number()))
        : directory.child(name).orElseThrow();
  }
}
