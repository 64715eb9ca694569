package caisson.libc;

import java.util.List;
import java.util.Optional;
import org.teavm.interop.Address;

/** Processes: fork, exec, wait, and what belongs to one process. */
public final class Processes {
  public static final int WNOHANG = 1;

  public static final int PR_SET_PDEATHSIG = 1;
  public static final int PR_SET_DUMPABLE = 4;
  public static final int PR_SET_KEEPCAPS = 8;
  public static final int PR_SET_NAME = 15;
  public static final int PR_SET_SECCOMP = 22;
  public static final int PR_CAPBSET_DROP = 24;
  public static final int PR_SET_CHILD_SUBREAPER = 36;
  public static final int PR_SET_NO_NEW_PRIVS = 38;
  public static final int PR_CAP_AMBIENT = 47;

  private static final int SYS_EXECVEAT = 322;
  private static final int SYS_PIDFD_OPEN = 434;
  private static final int SYS_CLONE3 = 435;
  private static final long CLONE_PIDFD = 0x1000;
  private static final long CLONE_INTO_CGROUP = 0x2_0000_0000L;
  private static final int CLONE_ARGS_SIZE = 88;

  private Processes() {}

  /** A child that {@link #reap} found: its id and how it ended. */
  public record Ended(int pid, ExitStatus status) {}

  /** A child's id and a descriptor for it (close-on-exec); in the child itself 0 and -1. */
  public record Cloned(int pid, int pidfd) {}

  /** Splits the process: 0 in the child, the child's id in the parent. */
  public static int fork() {
    return Errno.check(Libc.fork(), "fork", "");
  }

  /**
   * Splits the process as {@link #fork} does, with the child in new namespaces (CLONE_NEW* bits)
   * and from its first instruction in the cgroup (v2) that the directory {@code cgroup} is. A new
   * cgroup namespace would begin at the parent's cgroup, so the child had better unshare that
   * itself.
   */
  public static Cloned cloneInto(int namespaces, int cgroup) {
    try (Scratch scratch = new Scratch()) {
      Block pidfd = scratch.block(4).putInt(0, -1);
      Block arguments = scratch.block(CLONE_ARGS_SIZE);
      arguments.putLong(0, namespaces | CLONE_PIDFD | CLONE_INTO_CGROUP);
      arguments.putLong(8, pidfd.address()).putLong(32, Signals.SIGCHLD).putLong(80, cgroup);
      long pid = Libc.syscall(SYS_CLONE3, arguments.address(), CLONE_ARGS_SIZE, 0, 0, 0, 0);
      Errno.check(pid, "clone3", "0x" + Integer.toHexString(namespaces));
      return new Cloned((int) pid, pid == 0 ? -1 : pidfd.getInt(0));
    }
  }

  /** Becomes {@code program}; returns only by its exception. */
  public static ErrnoException execute(
      String program, List<String> arguments, List<String> environment) {
    try (Scratch scratch = new Scratch()) {
      Libc.execve(
          scratch.path(program),
          scratch.strings(arguments).pointer(),
          scratch.strings(environment).pointer());
      return new ErrnoException("exec", program, Errno.last());
    }
  }

  /** Becomes the program that {@code fd} holds open; {@code name} is what an error says. */
  public static ErrnoException execute(
      int fd, String name, List<String> arguments, List<String> environment) {
    try (Scratch scratch = new Scratch()) {
      Libc.syscall(
          SYS_EXECVEAT,
          fd,
          scratch.string("").address(),
          scratch.strings(arguments).address(),
          scratch.strings(environment).address(),
          Files.AT_EMPTY_PATH,
          0);
      return new ErrnoException("exec", name, Errno.last());
    }
  }

  /** Waits until the child {@code pid} has ended. */
  public static ExitStatus await(int pid) {
    int[] status = new int[1];
    int result;
    do {
      result = Libc.waitpid(pid, Address.ofData(status), 0);
    } while (result < 0 && Errno.last() == Errno.EINTR);
    Errno.check(result, "waitpid", String.valueOf(pid));
    return ExitStatus.of(status[0]);
  }

  /** A child that has ended and that nobody has waited for, if there is one; does not block. */
  public static Optional<Ended> reap() {
    int[] status = new int[1];
    int pid = Libc.waitpid(-1, Address.ofData(status), WNOHANG);
    return pid > 0 ? Optional.of(new Ended(pid, ExitStatus.of(status[0]))) : Optional.empty();
  }

  /** Ends the process at once; nothing is flushed, no handler runs. */
  public static void exit(int code) {
    Libc.exit(code);
  }

  /** Sends {@code signal} to {@code pid} (0: asks whether it is there; negative: its group). */
  public static void kill(int pid, int signal) {
    Errno.check(Libc.kill(pid, signal), "kill", String.valueOf(pid));
  }

  public static int id() {
    return Libc.getpid();
  }

  public static int parent() {
    return Libc.getppid();
  }

  /** A descriptor for {@code pid} that becomes readable when the process has ended. */
  public static int openPidfd(int pid) {
    long fd = Libc.syscall(SYS_PIDFD_OPEN, pid, 0, 0, 0, 0, 0);
    return (int) Errno.check(fd, "pidfd_open", String.valueOf(pid));
  }

  /** Whether the process of {@code pidfd} has ended. */
  public static boolean hasEnded(int pidfd) {
    try (PollSet set = new PollSet()) {
      set.add(pidfd, PollSet.POLLIN);
      return set.await(0) > 0;
    }
  }

  /** Starts a session of one's own, without a terminal. */
  public static void newSession() {
    Errno.check(Libc.setsid(), "setsid", "");
  }

  public static void setGroup(int pid, int group) {
    Errno.check(Libc.setpgid(pid, group), "setpgid", String.valueOf(pid));
  }

  /** prctl(2); {@code name} is what an error says. */
  public static int control(String name, int option, long argument) {
    return Errno.check(Libc.prctl(option, argument, 0, 0, 0), "prctl", name);
  }

  /** Asks for {@code signal} (0: none) when the parent ends. */
  public static void setParentDeathSignal(int signal) {
    control("PR_SET_PDEATHSIG", PR_SET_PDEATHSIG, signal);
  }

  public static void setNice(int nice) {
    Errno.check(Libc.setpriority(0, 0, nice), "setpriority", String.valueOf(nice));
  }
}
