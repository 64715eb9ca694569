package caisson.rootfs.layer;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.rootfs.tree.Attributes;
import caisson.rootfs.tree.ByteString;
import caisson.rootfs.tree.Directory;
import caisson.rootfs.tree.Node;
import caisson.rootfs.tree.SpecialFile;
import caisson.rootfs.tree.Xattr;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree that a layer's members add up to. The rules, where archives conflict with themselves:
 *
 * <ul>
 *   <li>A later member replaces an earlier one of the same name, with all that is under it. Only a
 *       directory over a directory keeps its content: its attributes are replaced and its extended
 *       attributes merged.
 *   <li>Missing parents are made (root:root, 0755, 1970). A parent that is a symbolic link is
 *       followed inside the layer; one that is no directory, or a dangling link, is an error.
 *   <li>The last part of a name is never followed. Nothing but a directory can be the root.
 *   <li>A hard link needs an earlier member that is no directory. One to itself changes nothing.
 *   <li>A whiteout means lower layers only: a member of the same name in this layer stays, and a
 *       directory then hides what lower layers have in it (OCI image spec, layer.md, "Whiteouts").
 * </ul>
 */
final class LayerTree {
  /** What an attribute takes on the heap beside its name and value; they may be tiny and many. */
  private static final int XATTR_BYTES = 200;

  private final Directory root = Directory.implied();
  private final Map<Directory, Map<ByteString, Attributes>> whiteouts = new HashMap<>();
  private final LayerLimits limits;
  private final LayerMemory.Share memory;
  private int nodes;
  private long bytes;
  private long steps;

  LayerTree(LayerLimits limits, LayerMemory.Share memory) {
    this.limits = limits;
    this.memory = memory;
  }

  /** Puts a node that is no directory at {@code path}. */
  void put(MemberPath path, Node node, long cost) {
    if (path.isRoot()) {
      throw path.refused("only a directory can be the root of a file system");
    }
    charge(path, 1, cost + path.last().length() + sizeOf(node.attributes().xattrs()));
    parent(path, true).put(path.last(), node);
  }

  /** Makes or describes the directory at {@code path}. */
  void directory(MemberPath path, Attributes attributes) {
    charge(path, 1, sizeOf(attributes.xattrs()) + (path.isRoot() ? 0 : path.last().length()));
    if (path.isRoot()) {
      describe(root, attributes);
      return;
    }
    var parent = parent(path, true);
    if (parent.child(path.last()).orElse(null) instanceof Directory existing) {
      describe(existing, attributes);
    } else {
      parent.put(path.last(), new Directory(attributes));
    }
  }

  private static void describe(Directory directory, Attributes attributes) {
    var merged = new LinkedHashMap<ByteString, Xattr>();
    directory.attributes().xattrs().forEach(xattr -> merged.put(xattr.name(), xattr));
    attributes.xattrs().forEach(xattr -> merged.put(xattr.name(), xattr));
    directory.describe(attributes.withXattrs(List.copyOf(merged.values())));
  }

  /** Gives the node at {@code target} the further name {@code path}. */
  void link(MemberPath path, MemberPath target) {
    if (path.isRoot() || target.isRoot()) {
      throw path.refused("the root cannot be a hard link");
    }
    var node =
        parent(target, false)
            .child(target.last())
            .orElseThrow(() -> path.refused("its target \"" + target.text() + "\" is missing"));
    if (node instanceof Directory) {
      throw path.refused("its target \"" + target.text() + "\" is a directory");
    }
    charge(path, 1, path.last().length());
    parent(path, true).put(path.last(), node);
  }

  /** Notes that lower layers' {@code name}, beside {@code marker}, is deleted. */
  void whiteout(MemberPath marker, ByteString name, Attributes attributes) {
    charge(marker, 1, name.length());
    whiteouts
        .computeIfAbsent(parent(marker, true), directory -> new HashMap<>())
        .put(name, attributes);
  }

  /** Notes that the directory that holds {@code marker} hides what lower layers have in it. */
  void opaque(MemberPath marker) {
    parent(marker, true).makeOpaque();
  }

  /** The finished tree. */
  Directory finish() {
    whiteouts.forEach((directory, names) -> names.forEach((n, a) -> whiteOut(directory, n, a)));
    whiteouts.clear();
    return root;
  }

  private static void whiteOut(Directory directory, ByteString name, Attributes attributes) {
    switch (directory.child(name).orElse(null)) {
      case null -> directory.put(name, SpecialFile.whiteout(attributes));
      case Directory present -> present.makeOpaque();
      default -> {}
    }
  }

  private Directory parent(MemberPath path, boolean create) {
    var walk = new PathWalk(root, path, create);
    var parent = walk.to(path.parents());
    steps += walk.steps();
    charge(path, walk.created(), walk.created() == 0 ? 0 : path.text().length());
    return parent;
  }

  private void charge(MemberPath path, int moreNodes, long moreBytes) {
    nodes += moreNodes;
    bytes += moreBytes;
    if (nodes > limits.nodes()) {
      throw tooLarge(limits.nodes() + " files");
    }
    if (bytes > limits.bytes()) {
      throw tooLarge(limits.bytes() + " bytes of names and attributes");
    }
    if (steps > limits.steps()) {
      throw path.refused("the layer's paths are too deep or go through too many links");
    }
    memory.take((long) moreNodes * LayerLimits.NODE_BYTES + moreBytes);
  }

  private static CaissonException tooLarge(String limit) {
    return new CaissonException(
        ErrorCode.NO_RESOURCES,
        "the layer has more than " + limit + ", which is what there is memory for");
  }

  private static long sizeOf(List<Xattr> xattrs) {
    long size = 0;
    for (var xattr : xattrs) {
      size += XATTR_BYTES + xattr.name().length() + xattr.value().length();
    }
    return size;
  }
}
