package caisson.libc;

/**
 * What statx(2) says of a file. {@code mode} holds the type and the permissions; device numbers are
 * split in major and minor, first of the device the file is on, then of the one it is; {@code
 * modified} is in seconds since 1970.
 */
public record FileStatus(
    int mode,
    int uid,
    int gid,
    long inode,
    long size,
    int links,
    int deviceMajor,
    int deviceMinor,
    int specialMajor,
    int specialMinor,
    long modified) {
  public static final int S_IFMT = 0xf000;
  public static final int S_IFSOCK = 0xc000;
  public static final int S_IFLNK = 0xa000;
  public static final int S_IFREG = 0x8000;
  public static final int S_IFBLK = 0x6000;
  public static final int S_IFDIR = 0x4000;
  public static final int S_IFCHR = 0x2000;
  public static final int S_IFIFO = 0x1000;

  private static final int SYS_STATX = 332;
  private static final int STATX_BASIC_STATS = 0x7ff;

  /** The status of what {@code path} leads to. */
  public static FileStatus of(String path) {
    return at(Files.AT_FDCWD, path, 0);
  }

  /** The status of {@code path} itself, also if it is a symbolic link. */
  public static FileStatus ofLink(String path) {
    return at(Files.AT_FDCWD, path, Files.AT_SYMLINK_NOFOLLOW);
  }

  /** The status of an open file. */
  public static FileStatus of(int fd) {
    return at(fd, "", Files.AT_EMPTY_PATH);
  }

  /** statx(2) itself. */
  public static FileStatus at(int directory, String path, int flags) {
    try (Scratch scratch = new Scratch()) {
      Block answer = scratch.block(256);
      long name = scratch.string(path).address();
      long result =
          Libc.syscall(SYS_STATX, directory, name, flags, STATX_BASIC_STATS, answer.address(), 0);
      Errno.check(result, "stat", path.isEmpty() ? "fd " + directory : path);
      return read(answer);
    }
  }

  /** struct statx of linux/stat.h. */
  private static FileStatus read(Block statx) {
    return new FileStatus(
        statx.getShort(0x1c) & 0xffff,
        statx.getInt(0x14),
        statx.getInt(0x18),
        statx.getLong(0x20),
        statx.getLong(0x28),
        statx.getInt(0x10),
        statx.getInt(0x88),
        statx.getInt(0x8c),
        statx.getInt(0x80),
        statx.getInt(0x84),
        statx.getLong(0x70));
  }

  public boolean isDirectory() {
    return (mode & S_IFMT) == S_IFDIR;
  }

  public boolean isRegular() {
    return (mode & S_IFMT) == S_IFREG;
  }

  public boolean isSymbolicLink() {
    return (mode & S_IFMT) == S_IFLNK;
  }
}
