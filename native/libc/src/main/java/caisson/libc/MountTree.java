package caisson.libc;

/**
 * A mount, with those below it, that is attached nowhere: taken from where it is, given its
 * properties, and put where it belongs (open_tree(2), mount_setattr(2), move_mount(2); Linux 5.12).
 * Properties are only ever added, for the whole tree, so that what a user namespace has locked
 * stays.
 */
public final class MountTree implements AutoCloseable {
  public static final long MOUNT_ATTR_RDONLY = 0x1;
  public static final long MOUNT_ATTR_NOSUID = 0x2;
  public static final long MOUNT_ATTR_NODEV = 0x4;
  public static final long MOUNT_ATTR_NOEXEC = 0x8;
  public static final long MOUNT_ATTR_NOSYMFOLLOW = 0x200000;

  private static final int SYS_OPEN_TREE = 428;
  private static final int SYS_MOVE_MOUNT = 429;
  private static final int SYS_MOUNT_SETATTR = 442;
  private static final int OPEN_TREE_CLONE = 1;
  private static final int AT_RECURSIVE = 0x8000;
  private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;
  private static final int MOUNT_ATTR_SIZE = 32;

  private final String source;
  private final int fd;

  private MountTree(String source, int fd) {
    this.source = source;
    this.fd = fd;
  }

  /** A copy of what is mounted at {@code source} and below. */
  public static MountTree copyOf(String source) {
    try (Scratch scratch = new Scratch()) {
      int flags = OPEN_TREE_CLONE | AT_RECURSIVE | Files.O_CLOEXEC;
      long path = scratch.string(source).address();
      long fd = Libc.syscall(SYS_OPEN_TREE, Files.AT_FDCWD, path, flags, 0, 0, 0);
      return new MountTree(source, (int) Errno.check(fd, "open_tree", source));
    }
  }

  /** Where the copy comes from. */
  public String source() {
    return source;
  }

  /** Whether the copy's root is a directory. */
  public boolean isDirectory() {
    return FileStatus.of(fd).isDirectory();
  }

  /** Adds MOUNT_ATTR_ properties to the whole tree. */
  public void add(long attributes) {
    setAttributes(fd, "", Files.AT_EMPTY_PATH | AT_RECURSIVE, attributes, source);
  }

  /** Adds MOUNT_ATTR_ properties to the one mount at {@code path}. */
  public static void add(String path, long attributes) {
    setAttributes(Files.AT_FDCWD, path, 0, attributes, path);
  }

  private static void setAttributes(int fd, String path, int flags, long added, String operand) {
    try (Scratch scratch = new Scratch()) {
      Block attributes = scratch.block(MOUNT_ATTR_SIZE).putLong(0, added);
      long name = scratch.string(path).address();
      long size = attributes.size();
      long result = Libc.syscall(SYS_MOUNT_SETATTR, fd, name, flags, attributes.address(), size, 0);
      Errno.check(result, "mount_setattr", operand);
    }
  }

  /** Mounts the tree at {@code target}. */
  public void attach(String target) {
    try (Scratch scratch = new Scratch()) {
      long from = scratch.string("").address();
      long to = scratch.string(target).address();
      long result =
          Libc.syscall(SYS_MOVE_MOUNT, fd, from, Files.AT_FDCWD, to, MOVE_MOUNT_F_EMPTY_PATH, 0);
      Errno.check(result, "move_mount", source + " on " + target);
    }
  }

  @Override
  public void close() {
    Descriptors.close(fd);
  }
}
