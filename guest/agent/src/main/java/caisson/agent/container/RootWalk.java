package caisson.agent.container;

import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds a path in a container's root, one name at a time, and makes what is missing. Neither ".."
 * nor a symbolic link, dangling or not, leads out of the root: links are read and followed here,
 * never by the kernel.
 */
final class RootWalk {
  /** How deep below the root a path may lead. */
  static final int MAX_DEPTH = 256;

  /** How many symbolic links one walk follows, as in the kernel (path_resolution(7)). */
  static final int MAX_LINKS = 40;

  private final Nodes nodes;
  private final String path;
  private final Deque<String> pending = new ArrayDeque<>();
  private final List<Integer> trail = new ArrayList<>();
  private int links;

  private RootWalk(Nodes nodes, String path) {
    this.nodes = nodes;
    this.path = path;
  }

  /** The files that are walked through; a node is an open descriptor. */
  interface Nodes {
    /** The root, opened anew. */
    int root();

    /** Opens what {@code directory} has under {@code name}, a link itself; empty if nothing. */
    Optional<Integer> open(int directory, String name);

    Kind kind(int node);

    String target(int link);

    void makeDirectory(int directory, String name);

    void makeFile(int directory, String name);

    void close(int node);
  }

  enum Kind {
    DIRECTORY,
    LINK,
    OTHER
  }

  /** What becomes of a path's missing end. */
  enum Missing {
    /** It stays missing. */
    LEAVE,
    MAKE_DIRECTORY,
    /** An empty file, in directories. */
    MAKE_FILE
  }

  /** An open node, the caller's to close, and whether the walk had to make it. */
  record Found(int node, boolean made) {}

  /** Walks to {@code path}; empty when it is missing and left so. */
  static Optional<Found> find(Nodes nodes, String path, Missing missing) {
    RootWalk walk = new RootWalk(nodes, path);
    walk.prepend(path);
    walk.trail.add(nodes.root());
    try {
      return walk.run(missing);
    } finally {
      walk.trail.forEach(nodes::close);
    }
  }

  /** The names of {@code text} come before all that is pending. */
  private void prepend(String text) {
    int end = text.length();
    while (end > 0) {
      int slash = text.lastIndexOf('/', end - 1);
      String name = text.substring(slash + 1, end);
      if (!name.isEmpty() && !name.equals(".")) {
        pending.addFirst(name);
      }
      end = slash;
    }
  }

  private Optional<Found> run(Missing missing) {
    boolean made = false;
    while (!pending.isEmpty()) {
      String name = pending.removeFirst();
      if (name.equals("..")) {
        up();
        continue;
      }
      Optional<Integer> node = nodes.open(top(), name);
      made = node.isEmpty();
      if (made && missing == Missing.LEAVE) {
        return Optional.empty();
      }
      int next = node.isPresent() ? node.get() : make(name, missing);
      if (nodes.kind(next) == Kind.LINK) {
        follow(next);
      } else if (!enter(next, missing)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Found(trail.removeLast(), made));
  }

  private int top() {
    return trail.getLast();
  }

  private void up() {
    if (trail.size() > 1) {
      nodes.close(trail.removeLast());
    }
  }

  private int make(String name, Missing missing) {
    if (missing == Missing.MAKE_FILE && pending.isEmpty()) {
      nodes.makeFile(top(), name);
    } else {
      nodes.makeDirectory(top(), name);
    }
    return nodes.open(top(), name).orElseThrow(() -> failure(Errno.ENOENT));
  }

  private void follow(int link) {
    String target;
    try {
      target = nodes.target(link);
    } finally {
      nodes.close(link);
    }
    links++;
    if (links > MAX_LINKS) {
      throw failure(Errno.ELOOP);
    }
    if (target.startsWith("/")) {
      while (trail.size() > 1) {
        up();
      }
    }
    prepend(target);
  }

  /** Steps to {@code node}; false where it is a file that a path goes through, and may be. */
  private boolean enter(int node, Missing missing) {
    trail.add(node);
    if (trail.size() > MAX_DEPTH + 1) {
      throw failure(Errno.ENAMETOOLONG);
    }
    boolean through = !pending.isEmpty() && nodes.kind(node) == Kind.OTHER;
    if (through && missing != Missing.LEAVE) {
      throw failure(Errno.ENOTDIR);
    }
    return !through;
  }

  private ErrnoException failure(int errno) {
    return new ErrnoException("find", path, errno);
  }
}
