package caisson.libc;

/** mount(2), umount2(2), pivot_root(2), chroot(2). */
public final class Mounts {
  public static final long MS_RDONLY = 0x1;
  public static final long MS_NOSUID = 0x2;
  public static final long MS_NODEV = 0x4;
  public static final long MS_NOEXEC = 0x8;
  public static final long MS_SYNCHRONOUS = 0x10;
  public static final long MS_REMOUNT = 0x20;
  public static final long MS_MANDLOCK = 0x40;
  public static final long MS_DIRSYNC = 0x80;
  public static final long MS_NOSYMFOLLOW = 0x100;
  public static final long MS_NOATIME = 0x400;
  public static final long MS_NODIRATIME = 0x800;
  public static final long MS_BIND = 0x1000;
  public static final long MS_MOVE = 0x2000;
  public static final long MS_REC = 0x4000;
  public static final long MS_SILENT = 0x8000;
  public static final long MS_UNBINDABLE = 0x20000;
  public static final long MS_PRIVATE = 0x40000;
  public static final long MS_SLAVE = 0x80000;
  public static final long MS_SHARED = 0x100000;
  public static final long MS_RELATIME = 0x200000;
  public static final long MS_STRICTATIME = 0x1000000;
  public static final long MS_LAZYTIME = 0x2000000;

  public static final int MNT_FORCE = 1;
  public static final int MNT_DETACH = 2;
  public static final int UMOUNT_NOFOLLOW = 8;

  private static final int SYS_PIVOT_ROOT = 155;

  private Mounts() {}

  /**
   * Mounts; {@code data} may be empty. An error names the target and, if it is a path, the source.
   */
  public static void mount(String source, String target, String type, long flags, String data) {
    try (Scratch scratch = new Scratch()) {
      int result =
          Libc.mount(
              scratch.path(source),
              scratch.path(target),
              scratch.path(type),
              flags,
              data.isEmpty() ? Files.none() : scratch.path(data));
      String operand = source.startsWith("/") ? source + " on " + target : target;
      Errno.check(result, "mount", operand);
    }
  }

  /** Binds {@code source} to {@code target}; {@code recursive}: with what is mounted below it. */
  public static void bind(String source, String target, boolean recursive) {
    mount(source, target, "", MS_BIND | (recursive ? MS_REC : 0), "");
  }

  /** Changes the flags of the one mount at {@code target}, not those of its file system. */
  public static void remountBind(String target, long flags) {
    mount("", target, "", MS_BIND | MS_REMOUNT | flags, "");
  }

  /**
   * Sets how mounts below {@code target} propagate: MS_PRIVATE, MS_SLAVE… with or without MS_REC.
   */
  public static void propagation(String target, long flags) {
    mount("", target, "", flags, "");
  }

  public static void unmount(String target, int flags) {
    try (Scratch scratch = new Scratch()) {
      Errno.check(Libc.umount2(scratch.path(target), flags), "umount", target);
    }
  }

  public static void pivotRoot(String newRoot, String putOld) {
    try (Scratch scratch = new Scratch()) {
      long from = scratch.string(newRoot).address();
      long to = scratch.string(putOld).address();
      Errno.check(Libc.syscall(SYS_PIVOT_ROOT, from, to, 0, 0, 0, 0), "pivot_root", newRoot);
    }
  }

  public static void changeRoot(String path) {
    try (Scratch scratch = new Scratch()) {
      Errno.check(Libc.chroot(scratch.path(path)), "chroot", path);
    }
  }
}
