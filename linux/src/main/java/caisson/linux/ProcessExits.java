package caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells of the ends of any number of processes with one thread (epoll(7) over pidfds). */
public final class ProcessExits {
  private static final int EPOLL_CLOEXEC = 0x80000;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final int EPOLLIN = 1;
  private static final int EPOLLONESHOT = 1 << 30;

  private static final int EVENT_SIZE = 16;

  /**
   * The event's data are 8 bytes at offset 4 on x86-64, where the struct is packed, and at offset 8
   * elsewhere. With the key in all three words of the two places, the word at 8 holds it on both.
   */
  private static final int KEY = 8;

  private static final MethodHandle CREATE =
      Libc.bind("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle CONTROL =
      Libc.bind(
          "epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle WAIT =
      Libc.bind(
          "epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

  private final int epoll;
  private final AtomicInteger keys = new AtomicInteger();
  private final Map<Integer, Watch> watches = new ConcurrentHashMap<>();

  private ProcessExits(int epoll) {
    this.epoll = epoll;
  }

  /** A process that is waited for; closing it means to wait no longer. */
  public final class Watch implements AutoCloseable {
    private final int key;
    private final PidFd process;
    private final Runnable action;

    private Watch(int key, PidFd process, Runnable action) {
      this.key = key;
      this.process = process;
      this.action = action;
    }

    /** Lets go of the process. The action may still be running, but does not begin any more. */
    @Override
    public void close() {
      if (watches.remove(key) != null) {
        control(EPOLL_CTL_DEL, this);
        process.close();
      }
    }
  }

  /** Begins to wait, on a thread that ends with the Java machine. */
  public static ProcessExits start() throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = Libc.state(arena);
      int epoll = (int) CREATE.invokeExact(state, EPOLL_CLOEXEC);
      Libc.check(epoll, "epoll_create1", state);
      var exits = new ProcessExits(epoll);
      Thread.ofPlatform().name("process-exits").daemon().start(exits::run);
      return exits;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  /**
   * Runs {@code action} on a virtual thread of its own when {@code process} has ended, at once if
   * it has already. Takes over {@code process} and closes it.
   */
  public Watch watch(PidFd process, Runnable action) {
    var watch = new Watch(keys.incrementAndGet(), process, action);
    watches.put(watch.key, watch);
    control(EPOLL_CTL_ADD, watch);
    return watch;
  }

  private void control(int operation, Watch watch) {
    try (var arena = Arena.ofConfined()) {
      var event = arena.allocate(EVENT_SIZE, 8);
      event.set(JAVA_INT, 0, EPOLLIN | EPOLLONESHOT);
      for (int word = 4; word < EVENT_SIZE; word += 4) {
        event.set(JAVA_INT, word, watch.key);
      }
      var state = Libc.state(arena);
      int fd = watch.process.descriptor().number();
      int result = (int) CONTROL.invokeExact(state, epoll, operation, fd, event);
      if (result < 0) {
        throw new IllegalStateException("epoll_ctl failed: errno " + Libc.errno(state));
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  private void run() {
    try (var arena = Arena.ofConfined()) {
      var state = Libc.state(arena);
      var event = arena.allocate(EVENT_SIZE, 8);
      while (true) {
        if (await(state, event) == 1) {
          ended(event.get(JAVA_INT, KEY));
        }
      }
    }
  }

  /** Waits for one event; 0 when a signal was in the way. */
  private int await(MemorySegment state, MemorySegment event) {
    try {
      return (int) WAIT.invokeExact(state, epoll, event, 1, -1);
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  private void ended(int key) {
    var watch = watches.remove(key);
    if (watch != null) {
      watch.process.close();
      Thread.ofVirtual().name("process-exit").start(watch.action);
    }
  }
}
