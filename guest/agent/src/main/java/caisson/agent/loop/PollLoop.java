package caisson.agent.loop;

import caisson.libc.Clock;
import caisson.libc.Descriptors;
import caisson.libc.PollSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The loop on poll(2). */
public final class PollLoop implements EventLoop {
  private static final long MILLISECOND = 1_000_000;
  private static final long REST = 100 * MILLISECOND;

  private final List<Source> sources = new ArrayList<>();
  private final List<Source> polled = new ArrayList<>();
  private final List<Timer> timers = new ArrayList<>();
  private final List<Source> resting = new ArrayList<>();
  private final Consumer<Throwable> faults;
  private final PollSet set = new PollSet();

  /**
   * @param faults told of what sources and timers throw, which ends neither them nor the loop
   */
  public PollLoop(Consumer<Throwable> faults) {
    this.faults = faults;
  }

  private record Timer(long deadline, Runnable action) {}

  @Override
  public void add(Source source) {
    sources.add(source);
  }

  @Override
  public void remove(Source source) {
    sources.remove(source);
    resting.remove(source);
  }

  @Override
  public void after(long nanoseconds, Runnable action) {
    timers.add(new Timer(now() + nanoseconds, action));
  }

  /** In a forked child: closes what the agent waits for, which is none of the child's business. */
  public void closeInChild() {
    for (Source source : sources) {
      Descriptors.close(source.fd());
    }
  }

  /**
   * Waits for what happens next and has it happen.
   *
   * @param wait whether there is nothing else to do
   */
  public void turn(boolean wait) {
    set.clear();
    polled.clear();
    for (Source source : sources) {
      int interest = source.interest();
      if (interest != 0 && !resting.contains(source)) {
        set.add(source.fd(), interest);
        polled.add(source);
      }
    }
    if (set.await(wait ? untilNextTimer() : 0) > 0) {
      dispatch();
    }
    runTimers();
  }

  /** A source that another one has removed or silenced meanwhile is left alone. */
  private void dispatch() {
    for (int place = 0; place < polled.size(); place++) {
      Source source = polled.get(place);
      int events = set.events(place);
      if (events != 0 && source.interest() != 0 && sources.contains(source)) {
        guard(() -> source.ready(events), () -> rest(source));
      }
    }
  }

  private void guard(Runnable action, Runnable otherwise) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      faults.accept(e);
      otherwise.run();
    }
  }

  /**
   * A source that fails is left alone for a while, lest a fault that stays becomes all there is.
   */
  private void rest(Source source) {
    if (sources.contains(source)) {
      resting.add(source);
      after(REST, () -> resting.remove(source));
    }
  }

  private int untilNextTimer() {
    if (timers.isEmpty()) {
      return -1;
    }
    long next = Long.MAX_VALUE;
    for (Timer timer : timers) {
      next = Math.min(next, timer.deadline());
    }
    long rest = Math.max(0, next - now());
    return (int) Math.min((rest + MILLISECOND - 1) / MILLISECOND, Integer.MAX_VALUE);
  }

  private void runTimers() {
    if (timers.isEmpty()) {
      return;
    }
    long now = now();
    for (Timer timer : List.copyOf(timers)) {
      if (timer.deadline() <= now) {
        timers.remove(timer);
        guard(timer.action(), () -> {});
      }
    }
  }

  private static long now() {
    return Clock.nanoseconds(Clock.CLOCK_MONOTONIC);
  }
}
