package caisson.libc;

/** seccomp(2). */
public final class Seccomp {
  private static final int SYS_SECCOMP = 317;
  private static final int SECCOMP_SET_MODE_FILTER = 1;

  private Seccomp() {}

  /**
   * Installs a filter: an array of struct sock_filter (linux/filter.h; 8 bytes each, the machine's
   * byte order). It holds for this process and all its children, through execve.
   */
  public static void install(byte[] filter) {
    try (Scratch scratch = new Scratch()) {
      Block code = scratch.block(filter);
      Block program = scratch.block(16).putShort(0, filter.length / 8).putLong(8, code.address());
      long result =
          Libc.syscall(SYS_SECCOMP, SECCOMP_SET_MODE_FILTER, 0, program.address(), 0, 0, 0);
      Errno.check(result, "seccomp", filter.length / 8 + " instructions");
    }
  }
}
