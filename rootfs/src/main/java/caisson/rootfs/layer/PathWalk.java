package caisson.rootfs.layer;

import caisson.rootfs.tree.ByteString;
import caisson.rootfs.tree.Directory;
import caisson.rootfs.tree.Node;
import caisson.rootfs.tree.Symlink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One walk from the root of a layer to the directory that a path names. Symbolic links are followed
 * as in a process whose root is the layer's root: nothing is above it, and nothing outside exists.
 */
final class PathWalk {
  /** As many links as Linux follows in one path (MAXSYMLINKS). */
  private static final int MAX_LINKS = 40;

  private final MemberPath path;
  private final boolean create;
  private final List<Directory> way = new ArrayList<>();
  private final Deque<ByteString> pending = new ArrayDeque<>();

  /** How many of the first pending parts come from a link's target and not from the path. */
  private int pendingFromLinks;

  private int linksFollowed;
  private int created;
  private int steps;

  /**
   * @param create whether directories that the path implies are made
   */
  PathWalk(Directory root, MemberPath path, boolean create) {
    this.path = path;
    this.create = create;
    way.add(root);
  }

  /** The directory that {@code parts} lead to. */
  Directory to(List<ByteString> parts) {
    pending.addAll(parts);
    while (!pending.isEmpty()) {
      steps++;
      boolean fromLink = pendingFromLinks > 0;
      if (fromLink) {
        pendingFromLinks--;
      }
      step(pending.removeFirst(), fromLink);
    }
    return way.getLast();
  }

  private void step(ByteString part, boolean fromLink) {
    if (MemberPath.isParent(part)) {
      if (way.size() > 1) {
        way.removeLast();
      }
      return;
    }
    var here = way.getLast();
    var next = here.child(part);
    if (next.isPresent()) {
      enter(next.get(), part);
    } else if (create && !fromLink) {
      var implied = Directory.implied();
      here.put(part, implied);
      created++;
      way.add(implied);
    } else {
      throw path.refused(
          fromLink
              ? "its path goes through a symbolic link whose target, \"" + part + "\", is missing"
              : "there is no \"" + part + "\" on the way to it");
    }
  }

  private void enter(Node next, ByteString part) {
    switch (next) {
      case Directory directory -> way.add(directory);
      case Symlink link -> follow(link);
      default -> throw path.refused("\"" + part + "\" on the way to it is not a directory");
    }
  }

  private void follow(Symlink link) {
    if (++linksFollowed > MAX_LINKS) {
      throw path.refused("its path goes through more than " + MAX_LINKS + " symbolic links");
    }
    if (link.target().at(0) == '/') {
      way.subList(1, way.size()).clear();
    }
    var parts = MemberPath.split(link.target());
    for (var part : parts.reversed()) {
      pending.addFirst(part);
    }
    pendingFromLinks += parts.size();
  }

  /** How many directories were made. */
  int created() {
    return created;
  }

  /** How many parts were looked at. */
  int steps() {
    return steps;
  }
}
