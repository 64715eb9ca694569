package caisson.libc;

/** Clocks and timers. Times are nanoseconds; the real clock's since 1970 in UTC. */
public final class Clock {
  public static final int CLOCK_REALTIME = 0;
  public static final int CLOCK_MONOTONIC = 1;
  public static final int CLOCK_BOOTTIME = 7;

  private static final long SECOND = 1_000_000_000L;
  private static final int TFD_CLOEXEC_NONBLOCK = 0x80800;

  private Clock() {}

  /** What {@code clock} says. */
  public static long nanoseconds(int clock) {
    try (Block time = Block.allocate(16)) {
      Errno.check(Libc.clockGettime(clock, time.pointer()), "clock_gettime", String.valueOf(clock));
      return time.getLong(0) * SECOND + time.getLong(8);
    }
  }

  /** Sets the real clock. */
  public static void set(long nanoseconds) {
    try (Block time = Block.allocate(16)) {
      put(time, 0, nanoseconds);
      Errno.check(Libc.clockSettime(CLOCK_REALTIME, time.pointer()), "clock_settime", "");
    }
  }

  /** A timer on the monotonic clock, as a non-blocking descriptor. */
  public static int openTimer() {
    int fd = Libc.timerfdCreate(CLOCK_MONOTONIC, TFD_CLOEXEC_NONBLOCK);
    return Errno.check(fd, "timerfd_create", "");
  }

  /** Makes the timer {@code fd} readable once in {@code nanoseconds} from now; 0 stops it. */
  public static void setTimer(int fd, long nanoseconds) {
    try (Block value = Block.allocate(32)) {
      put(value, 16, nanoseconds);
      Errno.check(Libc.timerfdSettime(fd, 0, value.pointer(), Files.none()), "timerfd_settime", fd);
    }
  }

  private static void put(Block time, int offset, long nanoseconds) {
    time.putLong(offset, nanoseconds / SECOND).putLong(offset + 8, nanoseconds % SECOND);
  }
}
