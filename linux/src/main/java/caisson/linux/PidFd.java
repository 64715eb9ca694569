package caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Optional;

/**
 * A process held by a descriptor, which stays with that process when its number is given to another
 * (pidfd_open(2), pidfd_send_signal(2)).
 */
public final class PidFd implements AutoCloseable {
  public static final int SIGKILL = 9;

  private static final long SYS_PIDFD_SEND_SIGNAL = 424;
  private static final long SYS_PIDFD_OPEN = 434;
  private static final int ESRCH = 3;
  private static final int EINTR = 4;
  private static final short POLLIN = 1;

  // syscall is variadic from its second argument; without saying so, arm64 passes it elsewhere.
  private static final MethodHandle SYSCALL =
      Libc.bind(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle POLL =
      Libc.bind("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  private final ProcessIdentity process;
  private final Descriptor descriptor;

  private PidFd(ProcessIdentity process, Descriptor descriptor) {
    this.process = process;
    this.descriptor = descriptor;
  }

  /** Takes hold of {@code process}; empty if it is gone, and its number with it. */
  public static Optional<PidFd> open(ProcessIdentity process) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = Libc.state(arena);
      long fd = call(state, SYS_PIDFD_OPEN, process.pid(), 0);
      if (fd < 0 && Libc.errno(state) == ESRCH) {
        return Optional.empty();
      }
      Libc.check(fd, "pidfd_open " + process.pid(), state);
      var opened = new PidFd(process, new Descriptor((int) fd));
      // Only now that the number cannot change hands does the start time tell whose it is.
      if (process.isThere()) {
        return Optional.of(opened);
      }
      opened.close();
      return Optional.empty();
    }
  }

  /** Sends {@code signal}; a process that has ended does not mind. */
  public void send(int signal) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = Libc.state(arena);
      long result = call(state, SYS_PIDFD_SEND_SIGNAL, descriptor.number(), signal);
      if (result < 0 && Libc.errno(state) != ESRCH) {
        Libc.check(result, "signal " + signal + " to process " + process.pid(), state);
      }
    }
  }

  /**
   * Waits until the process has ended; false when the time is up. Blocks the thread it is called
   * on, a virtual thread's carrier too: {@link ProcessExits} is for long waits.
   */
  public boolean awaitEnd(Duration timeout) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = Libc.state(arena);
      var pollfd = arena.allocate(8, 4);
      pollfd.set(JAVA_INT, 0, descriptor.number());
      pollfd.set(JAVA_SHORT, 4, POLLIN);
      long end = System.nanoTime() + timeout.toNanos();
      int ready = -1;
      while (ready < 0) {
        ready = poll(state, pollfd, Math.max(0, end - System.nanoTime()));
        if (ready < 0 && Libc.errno(state) != EINTR) {
          Libc.check(ready, "poll process " + process.pid(), state);
        }
      }
      return ready > 0;
    }
  }

  private static int poll(MemorySegment state, MemorySegment pollfd, long nanos) {
    int millis = (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
    try {
      return (int) POLL.invokeExact(state, pollfd, 1L, millis);
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  private static long call(MemorySegment state, long number, long first, long second) {
    try {
      return (long) SYSCALL.invokeExact(state, number, first, second, 0L, 0L);
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  Descriptor descriptor() {
    return descriptor;
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
