package caisson.vmm.qemu;

import caisson.linux.PidFd;
import caisson.linux.ProcessExits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The end of a VMM's process, which comes once and is told to everybody who asks. */
final class VmEnd {
  private final CountDownLatch come = new CountDownLatch(1);
  private final List<Consumer<String>> listeners = new ArrayList<>();
  private Optional<ProcessExits.Watch> watch = Optional.empty();
  private @Nullable String reason;

  private VmEnd() {}

  /**
   * The end of {@code process}, which it takes over.
   *
   * @param reason asked for once it has come
   */
  static VmEnd of(ProcessExits exits, PidFd process, Supplier<String> reason) {
    var end = new VmEnd();
    end.watch = Optional.of(exits.watch(process, () -> end.comes(reason.get())));
    return end;
  }

  private void comes(String why) {
    List<Consumer<String>> told;
    synchronized (this) {
      reason = why;
      told = List.copyOf(listeners);
    }
    come.countDown();
    told.forEach(listener -> listener.accept(why));
  }

  /** Has {@code listener} told why it has come, at once if it has already. */
  void listen(Consumer<String> listener) {
    String why;
    synchronized (this) {
      why = reason;
      if (why == null) {
        listeners.add(listener);
      }
    }
    if (why != null) {
      listener.accept(why);
    }
  }

  /** Waits for it; false when the time is up. */
  boolean await(Duration timeout) throws InterruptedException {
    return come.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits no longer, and tells nobody. */
  void forget() {
    watch.ifPresent(ProcessExits.Watch::close);
  }
}
