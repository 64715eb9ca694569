package caisson.libc;

/** seccomp(2). */
public final class Seccomp {
  private static final int SYS_SECCOMP = 317;
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int SECCOMP_FILTER_FLAG_NEW_LISTENER = 8;
  private static final int SECCOMP_USER_NOTIF_FLAG_CONTINUE = 1;
  private static final long SECCOMP_IOCTL_NOTIF_RECV = 0xc0502100L;
  private static final long SECCOMP_IOCTL_NOTIF_SEND = 0xc0182101L;

  private Seccomp() {}

  /**
   * Installs a filter: an array of struct sock_filter (linux/filter.h; 8 bytes each, the machine's
   * byte order). It holds for this process and all its children, through execve.
   */
  public static void install(byte[] filter) {
    install(filter, 0);
  }

  /**
   * Installs a filter and answers the descriptor at which another process, which has got it,
   * decides on the calls that the filter answers with SECCOMP_RET_USER_NOTIF. Once the descriptor
   * is closed everywhere, such calls fail with ENOSYS.
   */
  public static int installWithListener(byte[] filter) {
    return (int) install(filter, SECCOMP_FILTER_FLAG_NEW_LISTENER);
  }

  /** Waits for a call at the listener {@code fd} and has the kernel go on with it. */
  public static void letOneCallPass(int fd) {
    try (Scratch scratch = new Scratch()) {
      Block notification = scratch.block(80);
      Descriptors.ioctl(fd, "SECCOMP_IOCTL_NOTIF_RECV", SECCOMP_IOCTL_NOTIF_RECV, notification);
      Block answer = scratch.block(24).putLong(0, notification.getLong(0));
      answer.putInt(20, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
      Descriptors.ioctl(fd, "SECCOMP_IOCTL_NOTIF_SEND", SECCOMP_IOCTL_NOTIF_SEND, answer);
    }
  }

  private static long install(byte[] filter, int flags) {
    try (Scratch scratch = new Scratch()) {
      Block code = scratch.block(filter);
      Block program = scratch.block(16).putShort(0, filter.length / 8).putLong(8, code.address());
      long result =
          Libc.syscall(SYS_SECCOMP, SECCOMP_SET_MODE_FILTER, flags, program.address(), 0, 0, 0);
      return Errno.check(result, "seccomp", filter.length / 8 + " instructions");
    }
  }
}
