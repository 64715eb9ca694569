package caisson.libc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.teavm.interop.Address;

/** What is done with a path. Paths that do not begin with a slash start at the directory fd. */
public final class Files {
  public static final int AT_FDCWD = -100;
  public static final int AT_SYMLINK_NOFOLLOW = 0x100;
  public static final int AT_REMOVEDIR = 0x200;
  public static final int AT_SYMLINK_FOLLOW = 0x400;
  public static final int AT_EMPTY_PATH = 0x1000;

  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_CREAT = 0x40;
  public static final int O_EXCL = 0x80;
  public static final int O_NOCTTY = 0x100;
  public static final int O_TRUNC = 0x200;
  public static final int O_APPEND = 0x400;
  public static final int O_NONBLOCK = 0x800;
  public static final int O_DIRECTORY = 0x10000;
  public static final int O_NOFOLLOW = 0x20000;
  public static final int O_CLOEXEC = 0x80000;
  public static final int O_PATH = 0x200000;

  private static final int SYS_MEMFD_CREATE = 319;
  private static final int SYS_GETCWD = 79;
  private static final int SYS_UTIMENSAT = 280;
  private static final int SYS_OPENAT2 = 437;
  private static final int RESOLVE_NO_MAGICLINKS = 0x02;
  private static final int RESOLVE_IN_ROOT = 0x10;
  private static final int PATH_MAX = 4096;

  private Files() {}

  /** Opens {@code path}; O_CLOEXEC is always added. */
  public static int open(String path, int flags, int mode) {
    return openAt(AT_FDCWD, path, flags, mode);
  }

  /** Opens {@code path}, which must exist. */
  public static int open(String path, int flags) {
    return open(path, flags, 0);
  }

  /** Opens {@code path} as seen from the directory {@code directory}; O_CLOEXEC is always added. */
  public static int openAt(int directory, String path, int flags, int mode) {
    try (Scratch scratch = new Scratch()) {
      int fd = Libc.openat(directory, scratch.path(path), flags | O_CLOEXEC, mode);
      return Errno.check(fd, "open", path);
    }
  }

  /**
   * Opens {@code path}, which must exist, with the directory {@code root} as its root: neither
   * symbolic links nor ".." lead out of it, and those of /proc that stand for open files are
   * refused (openat2(2)).
   */
  public static int openInRoot(int root, String path, int flags) {
    try (Scratch scratch = new Scratch()) {
      Block how = scratch.block(24).putLong(0, flags | O_CLOEXEC);
      how.putLong(16, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
      long name = scratch.string(path).address();
      long fd = Libc.syscall(SYS_OPENAT2, root, name, how.address(), how.size(), 0, 0);
      return (int) Errno.check(fd, "open", path);
    }
  }

  /** An anonymous file in memory (flags: 1 close-on-exec, 2 may be sealed). */
  public static int memory(String name, int flags) {
    try (Scratch scratch = new Scratch()) {
      long address = scratch.string(name).address();
      long fd = Libc.syscall(SYS_MEMFD_CREATE, address, flags, 0, 0, 0, 0);
      return (int) Errno.check(fd, "memfd_create", name);
    }
  }

  /** What {@code path} holds, at most {@code limit} bytes of it. */
  public static byte[] read(String path, int limit) {
    int fd = open(path, O_RDONLY);
    try {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      int length = 1;
      while (length > 0 && content.size() < limit) {
        length = Descriptors.read(fd, buffer, 0, Math.min(buffer.length, limit - content.size()));
        content.write(buffer, 0, Math.max(length, 0));
      }
      return content.toByteArray();
    } finally {
      Descriptors.close(fd);
    }
  }

  /**
   * Writes {@code text} into the existing file {@code path} in one call, as /proc and /sys want.
   */
  public static void write(String path, String text) {
    write(path, O_WRONLY, 0, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Opens {@code path} with {@code flags} and {@code mode} and writes {@code content}. */
  public static void write(String path, int flags, int mode, byte[] content) {
    int fd = open(path, flags, mode);
    try {
      Descriptors.writeAll(fd, content);
    } catch (ErrnoException e) {
      throw new ErrnoException("write", path, e.errno());
    } finally {
      Descriptors.close(fd);
    }
  }

  /** Makes a directory. */
  public static void makeDirectory(String path, int mode) {
    makeDirectoryAt(AT_FDCWD, path, mode);
  }

  public static void makeDirectoryAt(int directory, String path, int mode) {
    try (Scratch scratch = new Scratch()) {
      Errno.check(Libc.mkdirat(directory, scratch.path(path), mode), "mkdir", path);
    }
  }

  /** Makes {@code path} and the directories above it that are missing. */
  public static void makeDirectories(String path, int mode) {
    for (int end = path.indexOf('/', 1); end >= 0; end = path.indexOf('/', end + 1)) {
      makeDirectoryIfMissing(path.substring(0, end), mode);
    }
    makeDirectoryIfMissing(path, mode);
  }

  private static void makeDirectoryIfMissing(String path, int mode) {
    try {
      makeDirectory(path, mode);
    } catch (ErrnoException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
  }

  /** Removes a file, a link or a node; {@link #removeDirectory} removes an empty directory. */
  public static void remove(String path) {
    removeAt(AT_FDCWD, path, 0);
  }

  public static void removeDirectory(String path) {
    removeAt(AT_FDCWD, path, AT_REMOVEDIR);
  }

  /** unlinkat(2); {@code flags} 0 or AT_REMOVEDIR. */
  public static void removeAt(int directory, String path, int flags) {
    try (Scratch scratch = new Scratch()) {
      String call = flags == 0 ? "unlink" : "rmdir";
      Errno.check(Libc.unlinkat(directory, scratch.path(path), flags), call, path);
    }
  }

  /** Makes {@code path} a symbolic link to {@code content}. */
  public static void symbolicLink(String content, String path) {
    symbolicLinkAt(content, AT_FDCWD, path);
  }

  public static void symbolicLinkAt(String content, int directory, String path) {
    try (Scratch scratch = new Scratch()) {
      int result = Libc.symlinkat(scratch.path(content), directory, scratch.path(path));
      Errno.check(result, "symlink", path);
    }
  }

  /** Makes {@code path} another name of the file {@code existing}. */
  public static void link(String existing, String path) {
    try (Scratch scratch = new Scratch()) {
      int result = Libc.linkat(AT_FDCWD, scratch.path(existing), AT_FDCWD, scratch.path(path), 0);
      Errno.check(result, "link", path);
    }
  }

  public static void rename(String from, String to) {
    try (Scratch scratch = new Scratch()) {
      int result = Libc.renameat(AT_FDCWD, scratch.path(from), AT_FDCWD, scratch.path(to));
      Errno.check(result, "rename", from + " to " + to);
    }
  }

  /** Where the symbolic link {@code path} points. */
  public static String readLink(String path) {
    return readLinkAt(AT_FDCWD, path);
  }

  /**
   * Where a link points; {@code path} is empty if {@code directory} is the link (O_PATH) itself.
   */
  public static String readLinkAt(int directory, String path) {
    try (Scratch scratch = new Scratch()) {
      Block target = scratch.block(PATH_MAX);
      long length = Libc.readlinkat(directory, scratch.path(path), target.pointer(), target.size());
      Errno.check(length, "readlink", path);
      return new String(target.bytes(0, (int) length), StandardCharsets.UTF_8);
    }
  }

  /** Makes a node: {@code mode} with its type (S_IFCHR…), {@code device} of {@link #device}. */
  public static void makeNode(String path, int mode, long device) {
    makeNodeAt(AT_FDCWD, path, mode, device);
  }

  public static void makeNodeAt(int directory, String path, int mode, long device) {
    try (Scratch scratch = new Scratch()) {
      Errno.check(Libc.mknodat(directory, scratch.path(path), mode, device), "mknod", path);
    }
  }

  /** The C library's dev_t of a device's numbers. */
  public static long device(int major, int minor) {
    return ((long) major & 0xfffff000L) << 32
        | ((long) major & 0xfff) << 8
        | ((long) minor & 0xffffff00L) << 12
        | (minor & 0xff);
  }

  /** Sets the mode of what {@code path} is or points to. */
  public static void setMode(String path, int mode) {
    setModeAt(AT_FDCWD, path, mode);
  }

  public static void setModeAt(int directory, String path, int mode) {
    try (Scratch scratch = new Scratch()) {
      Errno.check(Libc.fchmodat(directory, scratch.path(path), mode, 0), "chmod", path);
    }
  }

  /** Sets the owner; {@code flags} 0 or AT_SYMLINK_NOFOLLOW; -1 leaves uid or gid as it is. */
  public static void setOwner(String path, int uid, int gid, int flags) {
    setOwnerAt(AT_FDCWD, path, uid, gid, flags);
  }

  public static void setOwnerAt(int directory, String path, int uid, int gid, int flags) {
    try (Scratch scratch = new Scratch()) {
      Errno.check(Libc.fchownat(directory, scratch.path(path), uid, gid, flags), "chown", path);
    }
  }

  /** Sets when {@code path} itself was last changed and used, in seconds since 1970. */
  public static void setModified(int directory, String path, long seconds) {
    try (Scratch scratch = new Scratch()) {
      Block times = scratch.block(32).putLong(0, seconds).putLong(16, seconds);
      long name = scratch.string(path).address();
      long result =
          Libc.syscall(SYS_UTIMENSAT, directory, name, times.address(), AT_SYMLINK_NOFOLLOW, 0, 0);
      Errno.check(result, "utimensat", path);
    }
  }

  /** Whether {@code path}, followed to its end, is there. */
  public static boolean exists(String path) {
    return isAccessible(path, 0);
  }

  /** Whether the effective user may (4 read, 2 write, 1 execute) {@code path}. */
  public static boolean isAccessible(String path, int mode) {
    return access(path, mode) == 0;
  }

  /** Refuses a {@code path} that the effective user may not (4 read, 2 write, 1 execute). */
  public static void checkAccess(String path, int mode) {
    Errno.check(access(path, mode), "access", path);
  }

  private static int access(String path, int mode) {
    int eaccess = 0x200;
    try (Scratch scratch = new Scratch()) {
      return Libc.faccessat(AT_FDCWD, scratch.path(path), mode, eaccess);
    }
  }

  /** Sets the mask that is taken from the mode of what is made, and answers the one before. */
  public static int setMask(int mask) {
    return Libc.umask(mask);
  }

  public static void changeDirectory(String path) {
    try (Scratch scratch = new Scratch()) {
      Errno.check(Libc.chdir(scratch.path(path)), "chdir", path);
    }
  }

  public static void changeDirectory(int fd) {
    Errno.check(Libc.fchdir(fd), "fchdir", fd);
  }

  /**
   * Where the process is, as its root sees it; "(unreachable)" in front when it is not below it
   * (getcwd(2)).
   */
  public static String workingDirectory() {
    try (Scratch scratch = new Scratch()) {
      Block path = scratch.block(PATH_MAX);
      long length = Libc.syscall(SYS_GETCWD, path.address(), path.size(), 0, 0, 0, 0);
      Errno.check(length, "getcwd", "");
      return Machine.text(path.bytes(0, (int) length));
    }
  }

  /** Writes everything that is not on disk yet. */
  public static void syncAll() {
    Libc.sync();
  }

  static Address none() {
    return Address.fromLong(0);
  }
}
