package caisson.libc;

/** Resource limits of this process (getrlimit(2), setrlimit(2)). */
public final class Limits {
  public static final long RLIM_INFINITY = -1;

  public static final int RLIMIT_CPU = 0;
  public static final int RLIMIT_FSIZE = 1;
  public static final int RLIMIT_DATA = 2;
  public static final int RLIMIT_STACK = 3;
  public static final int RLIMIT_CORE = 4;
  public static final int RLIMIT_RSS = 5;
  public static final int RLIMIT_NPROC = 6;
  public static final int RLIMIT_NOFILE = 7;
  public static final int RLIMIT_MEMLOCK = 8;
  public static final int RLIMIT_AS = 9;
  public static final int RLIMIT_LOCKS = 10;
  public static final int RLIMIT_SIGPENDING = 11;
  public static final int RLIMIT_MSGQUEUE = 12;
  public static final int RLIMIT_NICE = 13;
  public static final int RLIMIT_RTPRIO = 14;
  public static final int RLIMIT_RTTIME = 15;

  private Limits() {}

  /** Soft and hard limit; {@link #RLIM_INFINITY} means none. */
  public record Limit(long soft, long hard) {}

  public static void set(int resource, Limit limit) {
    try (Block limits = Block.allocate(16)) {
      limits.putLong(0, limit.soft()).putLong(8, limit.hard());
      Errno.check(
          Libc.setrlimit(resource, limits.pointer()), "setrlimit", String.valueOf(resource));
    }
  }

  public static Limit get(int resource) {
    try (Block limits = Block.allocate(16)) {
      Errno.check(
          Libc.getrlimit(resource, limits.pointer()), "getrlimit", String.valueOf(resource));
      return new Limit(limits.getLong(0), limits.getLong(8));
    }
  }
}
