package caisson.libc;

import java.util.List;

/**
 * A mount, with those below it, that is attached nowhere: made new, or copied from where it is;
 * given its properties, and put where it belongs (fsopen(2), open_tree(2), mount_setattr(2),
 * move_mount(2); Linux 5.12).
 */
public final class MountTree implements AutoCloseable {
  public static final long MOUNT_ATTR_RDONLY = 0x1;
  public static final long MOUNT_ATTR_NOSUID = 0x2;
  public static final long MOUNT_ATTR_NODEV = 0x4;
  public static final long MOUNT_ATTR_NOEXEC = 0x8;
  public static final long MOUNT_ATTR_RELATIME = 0;
  public static final long MOUNT_ATTR_NOATIME = 0x10;
  public static final long MOUNT_ATTR_STRICTATIME = 0x20;

  /** All bits of the three above; to be cleared when one of them is set. */
  public static final long MOUNT_ATTR__ATIME = 0x70;

  public static final long MOUNT_ATTR_NODIRATIME = 0x80;
  public static final long MOUNT_ATTR_NOSYMFOLLOW = 0x200000;

  private static final int SYS_OPEN_TREE = 428;
  private static final int SYS_MOVE_MOUNT = 429;
  private static final int SYS_MOUNT_SETATTR = 442;
  private static final int OPEN_TREE_CLONE = 1;
  private static final int AT_RECURSIVE = 0x8000;
  private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;
  private static final int MOVE_MOUNT_T_EMPTY_PATH = 0x40;
  private static final int MOUNT_ATTR_SIZE = 32;

  private final String source;
  private final int fd;

  MountTree(String source, int fd) {
    this.source = source;
    this.fd = fd;
  }

  /**
   * A new file system of {@code type}, or a new mount of one that is there.
   *
   * @param options as in {@code size=64k} or {@code newinstance}; a name or a value has at most 255
   *     bytes
   * @param attributes MOUNT_ATTR_ properties
   */
  public static MountTree create(
      String type, String source, List<String> options, long attributes) {
    try (FileSystemContext context = FileSystemContext.open(type)) {
      context.set("source", source);
      for (String option : options) {
        int equals = option.indexOf('=');
        if (equals < 0) {
          context.setFlag(option);
        } else {
          context.set(option.substring(0, equals), option.substring(equals + 1));
        }
      }
      return new MountTree(source, context.mount(attributes));
    }
  }

  /** A copy of what is mounted at {@code source} and below. */
  public static MountTree copyOf(String source) {
    return copy(Files.AT_FDCWD, source, AT_RECURSIVE, source);
  }

  /** A copy of what is mounted where {@code fd} is open, perhaps with what is below. */
  public static MountTree copyOf(int fd, boolean recursive, String source) {
    return copy(fd, "", Files.AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0), source);
  }

  private static MountTree copy(int directory, String path, int flags, String source) {
    try (Scratch scratch = new Scratch()) {
      int all = flags | OPEN_TREE_CLONE | Files.O_CLOEXEC;
      long name = scratch.string(path).address();
      long fd = Libc.syscall(SYS_OPEN_TREE, directory, name, all, 0, 0, 0);
      return new MountTree(source, (int) Errno.check(fd, "open_tree", source));
    }
  }

  /** The copy's root, open as long as this is. */
  public int fd() {
    return fd;
  }

  /** Where the copy comes from. */
  public String source() {
    return source;
  }

  /** Whether the copy's root is a directory. */
  public boolean isDirectory() {
    return status().isDirectory();
  }

  /** What the copy's root is. */
  public FileStatus status() {
    return FileStatus.of(fd);
  }

  /** Adds MOUNT_ATTR_ properties to the whole tree; what a user namespace has locked stays. */
  public void add(long attributes) {
    change(attributes, 0, true);
  }

  /** Adds and takes away MOUNT_ATTR_ properties, of the whole tree or of its root alone. */
  public void change(long added, long cleared, boolean recursive) {
    int flags = Files.AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0);
    setAttributes(fd, "", flags, new long[] {added, cleared, 0}, source);
  }

  /** Sets how the tree propagates once it is attached: MS_PRIVATE, MS_SLAVE…, or with MS_REC. */
  public void propagate(long flags) {
    boolean recursive = (flags & Mounts.MS_REC) != 0;
    int at = Files.AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0);
    setAttributes(fd, "", at, new long[] {0, 0, flags & ~Mounts.MS_REC}, source);
  }

  /** Adds MOUNT_ATTR_ properties to the one mount at {@code path}. */
  public static void add(String path, long attributes) {
    setAttributes(Files.AT_FDCWD, path, 0, new long[] {attributes, 0, 0}, path);
  }

  /** Adds and takes away MOUNT_ATTR_ properties of the one mount whose root {@code fd} is. */
  public static void change(int fd, long added, long cleared, String operand) {
    setAttributes(fd, "", Files.AT_EMPTY_PATH, new long[] {added, cleared, 0}, operand);
  }

  /** {@code values}: the first three of struct mount_attr, which are set, cleared, propagation. */
  private static void setAttributes(int fd, String path, int flags, long[] values, String operand) {
    try (Scratch scratch = new Scratch()) {
      Block attributes = scratch.block(MOUNT_ATTR_SIZE);
      for (int i = 0; i < values.length; i++) {
        attributes.putLong(8 * i, values[i]);
      }
      long name = scratch.string(path).address();
      long size = attributes.size();
      long result = Libc.syscall(SYS_MOUNT_SETATTR, fd, name, flags, attributes.address(), size, 0);
      Errno.check(result, "mount_setattr", operand);
    }
  }

  /** Mounts the tree at {@code target}. */
  public void attach(String target) {
    attach(Files.AT_FDCWD, target, MOVE_MOUNT_F_EMPTY_PATH, target);
  }

  /** Mounts the tree on what {@code target} has open; {@code operand} is what an error says. */
  public void attach(int target, String operand) {
    attach(target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH, operand);
  }

  private void attach(int directory, String path, int flags, String operand) {
    try (Scratch scratch = new Scratch()) {
      long from = scratch.string("").address();
      long to = scratch.string(path).address();
      long result = Libc.syscall(SYS_MOVE_MOUNT, fd, from, directory, to, flags, 0);
      Errno.check(result, "move_mount", source + " on " + operand);
    }
  }

  @Override
  public void close() {
    Descriptors.close(fd);
  }
}
