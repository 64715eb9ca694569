package caisson.agent.container;

import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who a process runs as.
 *
 * @param groups all its groups, its own first
 */
record ContainerUser(int uid, int gid, List<Integer> groups, String home) {
  /** How much of an account file is read. */
  static final int MAX_FILE = 4 << 20;

  private static final int READ = Files.O_RDONLY | Files.O_NONBLOCK | Files.O_NOCTTY;

  /**
   * The user as {@code root}'s own accounts have it.
   *
   * @param named groups that it is in too, names of that root's or numbers
   * @param further groups that it is in too
   */
  static ContainerUser find(
      int root, String specification, List<String> named, List<Integer> further) {
    UserLookup lookup = new UserLookup(specification, named);
    read(root, "/etc/passwd", lookup::passwdLine);
    read(root, "/etc/group", lookup::groupLine);
    return lookup.result(further);
  }

  /** A file that is missing or is none has no lines. */
  private static void read(int root, String path, Consumer<String> reader) {
    int fd;
    try {
      fd = Files.openInRoot(root, path, READ);
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return;
      }
      throw e;
    }
    try {
      if (!FileStatus.of(fd).isRegular()) {
        throw ContainerFailure.invalid(path + " in the container is not a file");
      }
      read(fd, path, new AccountLines(reader));
    } finally {
      Descriptors.close(fd);
    }
  }

  private static void read(int fd, String path, AccountLines lines) {
    byte[] buffer = new byte[8192];
    int total = 0;
    int length = 1;
    while (length > 0) {
      length = Descriptors.read(fd, buffer, 0, buffer.length);
      lines.accept(buffer, Math.max(length, 0));
      total += length;
      if (total > MAX_FILE) {
        throw ContainerFailure.invalid(
            path + " in the container has more than " + MAX_FILE + " bytes");
      }
    }
    lines.finish();
  }

  int[] groupNumbers() {
    int[] numbers = new int[groups.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = groups.get(i);
    }
    return numbers;
  }
}
