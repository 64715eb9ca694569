package caisson.rootfs.layer;

import caisson.rootfs.tar.TarEntry;
import caisson.rootfs.tar.TarReader;
import caisson.rootfs.tree.Attributes;
import caisson.rootfs.tree.ByteString;
import caisson.rootfs.tree.Directory;
import caisson.rootfs.tree.FileData;
import caisson.rootfs.tree.RegularFile;
import caisson.rootfs.tree.SpecialFile;
import caisson.rootfs.tree.Symlink;
import java.util.List;

/** Reads a layer's archive into a tree; the data of its files goes to a {@link DataStore}. */
public final class LayerReader {
  private static final ByteString WHITEOUT = ByteString.of(".wh.");

  /**
   * Marks of AUFS, Docker's first storage driver; all but the opaque mark mean nothing to others.
   */
  private static final ByteString AUFS = ByteString.of(".wh..wh.");

  private static final ByteString OPAQUE = ByteString.of(".wh..wh..opq");

  /** Linux gives every link this mode, whatever an archive says. */
  private static final int SYMLINK_MODE = 0777;

  private final TarReader archive;
  private final DataStore data;
  private final LayerTree tree;

  public LayerReader(
      TarReader archive, DataStore data, LayerLimits limits, LayerMemory.Share memory) {
    this.archive = archive;
    this.data = data;
    this.tree = new LayerTree(limits, memory);
  }

  /** Reads all members. */
  public Directory read() {
    for (var entry = archive.next(); entry.isPresent(); entry = archive.next()) {
      add(entry.get());
    }
    return tree.finish();
  }

  private void add(TarEntry entry) {
    var path = MemberPath.parse(entry.name());
    var attributes =
        entry
            .attributes()
            .withXattrs(LayerXattrs.accepted(entry.attributes().xattrs(), entry.type()));
    if (!isMark(path, attributes)) {
      addNode(entry, path, attributes);
    }
  }

  /** Handles members whose names are instructions to whoever stacks layers. */
  private boolean isMark(MemberPath path, Attributes attributes) {
    if (path.parts().stream().noneMatch(part -> part.startsWith(WHITEOUT))) {
      return false;
    }
    if (path.last().equals(OPAQUE)) {
      tree.opaque(path);
      return true;
    }
    if (path.parts().stream().anyMatch(part -> part.startsWith(AUFS))) {
      return true;
    }
    if (path.parents().stream().anyMatch(part -> part.startsWith(WHITEOUT))) {
      throw path.refused("nothing can be inside of a whiteout");
    }
    var deleted = path.last().substring(WHITEOUT.length());
    if (deleted.isEmpty() || MemberPath.split(deleted).isEmpty() || MemberPath.isParent(deleted)) {
      throw path.refused("a whiteout must name a file");
    }
    tree.whiteout(
        path,
        deleted,
        new Attributes(0, attributes.uid(), attributes.gid(), attributes.modified(), List.of()));
    return true;
  }

  private void addNode(TarEntry entry, MemberPath path, Attributes attributes) {
    switch (entry.type()) {
      case DIRECTORY -> tree.directory(path, attributes);
      case HARD_LINK -> tree.link(path, MemberPath.parse(entry.linkName()));
      case SYMLINK ->
          tree.put(
              path,
              new Symlink(attributes.withMode(SYMLINK_MODE), entry.linkName()),
              entry.linkName().length());
      case FILE -> file(entry, path, attributes);
      case CHARACTER_DEVICE -> special(entry, path, attributes, SpecialFile.Kind.CHARACTER_DEVICE);
      case BLOCK_DEVICE -> special(entry, path, attributes, SpecialFile.Kind.BLOCK_DEVICE);
      case FIFO -> special(entry, path, attributes, SpecialFile.Kind.FIFO);
    }
  }

  private void special(
      TarEntry entry, MemberPath path, Attributes attributes, SpecialFile.Kind kind) {
    var node = new SpecialFile(attributes, kind, entry.deviceMajor(), entry.deviceMinor());
    tree.put(path, node, 0);
  }

  private void file(TarEntry entry, MemberPath path, Attributes attributes) {
    FileData stored =
        entry
            .sparse()
            .map(map -> data.store(archive, entry.size(), map))
            .orElseGet(() -> data.store(archive, entry.size()));
    long cost = stored instanceof FileData.Chunked chunked ? 4L * chunked.chunks() : 0;
    tree.put(path, new RegularFile(attributes, entry.size(), stored, 0), cost);
  }
}
