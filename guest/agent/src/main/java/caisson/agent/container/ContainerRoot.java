package caisson.agent.container;

import caisson.agent.container.RootWalk.Found;
import caisson.agent.container.RootWalk.Kind;
import caisson.agent.container.RootWalk.Missing;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import java.util.Optional;

/**
 * A container's root while it is being set up. What an image has in it is not trusted: every path
 * is found by {@link RootWalk} or by openat2(2), below the root whatever links there are.
 */
final class ContainerRoot implements RootWalk.Nodes, AutoCloseable {
  private static final int HOLD = Files.O_PATH | Files.O_NOFOLLOW;

  private final int fd;

  /** The root that is mounted at {@code path}. */
  ContainerRoot(String path) {
    this.fd = Files.open(path, Files.O_PATH | Files.O_DIRECTORY);
  }

  /** The open root itself. */
  int fd() {
    return fd;
  }

  /** Opens {@code path} if it is there. */
  Optional<Found> find(String path) {
    return RootWalk.find(this, path, Missing.LEAVE);
  }

  /** Opens the directory {@code path}, made if missing. */
  Found directory(String path) {
    return RootWalk.find(this, path, Missing.MAKE_DIRECTORY).orElseThrow();
  }

  /** Opens the file {@code path}, made if missing. */
  Found file(String path) {
    return RootWalk.find(this, path, Missing.MAKE_FILE).orElseThrow();
  }

  /** A name in an open directory; links count as what they are. */
  record Entry(int directory, String name) implements AutoCloseable {
    @Override
    public void close() {
      Descriptors.close(directory);
    }
  }

  /** Where {@code path} is or would be, in a directory that is made if missing. */
  Entry entry(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    int slash = path.lastIndexOf('/', end - 1);
    String name = path.substring(slash + 1, end);
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw ContainerFailure.invalid("a path that ends in a name is needed, not " + path);
    }
    return new Entry(directory(path.substring(0, slash + 1)).node(), name);
  }

  @Override
  public int root() {
    return Files.openAt(fd, ".", Files.O_PATH | Files.O_DIRECTORY, 0);
  }

  @Override
  public Optional<Integer> open(int directory, String name) {
    try {
      return Optional.of(Files.openAt(directory, name, HOLD, 0));
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public Kind kind(int node) {
    FileStatus status = FileStatus.of(node);
    if (status.isDirectory()) {
      return Kind.DIRECTORY;
    }
    return status.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
  }

  @Override
  public String target(int link) {
    return Files.readLinkAt(link, "");
  }

  @Override
  public void makeDirectory(int directory, String name) {
    Files.makeDirectoryAt(directory, name, 0755);
  }

  @Override
  public void makeFile(int directory, String name) {
    Files.makeNodeAt(directory, name, FileStatus.S_IFREG | 0644, 0);
  }

  @Override
  public void close(int node) {
    Descriptors.close(node);
  }

  @Override
  public void close() {
    Descriptors.close(fd);
  }
}
