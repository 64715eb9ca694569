package caisson.libc;

/** unshare(2) and setns(2). */
public final class Namespaces {
  public static final int CLONE_NEWTIME = 0x80;
  public static final int CLONE_NEWNS = 0x20000;
  public static final int CLONE_NEWCGROUP = 0x2000000;
  public static final int CLONE_NEWUTS = 0x4000000;
  public static final int CLONE_NEWIPC = 0x8000000;
  public static final int CLONE_NEWUSER = 0x10000000;
  public static final int CLONE_NEWPID = 0x20000000;
  public static final int CLONE_NEWNET = 0x40000000;

  private Namespaces() {}

  /** Moves the process into new namespaces (CLONE_NEWPID: its next child). */
  public static void unshare(int flags) {
    Errno.check(Libc.unshare(flags), "unshare", "0x" + Integer.toHexString(flags));
  }

  /** Moves the process into the namespace that {@code fd} holds open. */
  public static void enter(int fd, int type) {
    Errno.check(Libc.setns(fd, type), "setns", "0x" + Integer.toHexString(type));
  }
}
