package caisson.libc;

import org.teavm.interop.Address;

/** Signals: numbers, blocking, and reading them from a descriptor. */
public final class Signals {
  public static final int SIGHUP = 1;
  public static final int SIGINT = 2;
  public static final int SIGQUIT = 3;
  public static final int SIGABRT = 6;
  public static final int SIGKILL = 9;
  public static final int SIGUSR1 = 10;
  public static final int SIGUSR2 = 12;
  public static final int SIGPIPE = 13;
  public static final int SIGTERM = 15;
  public static final int SIGCHLD = 17;
  public static final int SIGCONT = 18;
  public static final int SIGSTOP = 19;
  public static final int SIGWINCH = 28;
  public static final int SIGPWR = 30;

  private static final int SIG_SETMASK = 2;
  private static final int SFD_CLOEXEC_NONBLOCK = 0x80800;
  private static final int SIGSET_SIZE = 128;
  private static final int SIGINFO_SIZE = 128;
  private static final int SYS_RT_SIGACTION = 13;
  private static final int LAST = 64;

  private Signals() {}

  /** Blocks exactly {@code signals}; none are blocked when none are named. */
  public static void blockOnly(int... signals) {
    try (Scratch scratch = new Scratch()) {
      Address set = set(scratch, signals).pointer();
      Errno.check(Libc.sigprocmask(SIG_SETMASK, set, Files.none()), "sigprocmask", "");
    }
  }

  /** A non-blocking descriptor to read {@code signals} from; they must be blocked. */
  public static int open(int... signals) {
    try (Scratch scratch = new Scratch()) {
      Address set = set(scratch, signals).pointer();
      return Errno.check(Libc.signalfd(-1, set, SFD_CLOEXEC_NONBLOCK), "signalfd", "");
    }
  }

  /** The number of the next signal waiting at {@code fd}, 0 if there is none. */
  public static int read(int fd) {
    byte[] info = new byte[SIGINFO_SIZE];
    int length = Descriptors.read(fd, info, 0, info.length);
    return length < SIGINFO_SIZE ? 0 : info[0] & 0xff;
  }

  /** Every signal does again what it does by default, as a program expects at its start. */
  public static void resetAll() {
    for (int signal = 1; signal <= LAST; signal++) {
      if (signal != SIGKILL && signal != SIGSTOP) {
        action(signal, 0);
      }
    }
  }

  /** {@code signal} is ignored, also after execve. */
  public static void ignore(int signal) {
    action(signal, 1);
  }

  private static void action(int signal, long handler) {
    try (Block action = Block.allocate(32)) {
      action.putLong(0, handler);
      Libc.syscall(SYS_RT_SIGACTION, signal, action.address(), 0, 8, 0, 0);
    }
  }

  private static Block set(Scratch scratch, int... signals) {
    Block set = scratch.block(SIGSET_SIZE);
    for (int signal : signals) {
      int place = (signal - 1) / 8;
      set.putByte(place, set.getByte(place) | 1 << (signal - 1) % 8);
    }
    return set;
  }
}
