package caisson.engine.local;

import caisson.engine.Health;
import caisson.engine.Health.Status;
import caisson.engine.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Checks again and again, while a container runs, whether it does its work. */
final class HealthMonitor implements AutoCloseable {
  /** How many checks are remembered. */
  private static final int REMEMBERED = 5;

  private final HealthCheck check;
  private final Probe probe;
  private final Consumer<Status> changed;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Instant started = Instant.now();
  private volatile Health health = Health.STARTING;

  /** What does a check; empty when none can be done now, because the container is paused. */
  interface Probe {
    Optional<Health.Check> run() throws InterruptedException;
  }

  private HealthMonitor(HealthCheck check, Probe probe, Consumer<Status> changed) {
    this.check = check;
    this.probe = probe;
    this.changed = changed;
  }

  /**
   * Begins.
   *
   * @param changed told of each new status
   */
  static HealthMonitor start(HealthCheck check, Probe probe, Consumer<Status> changed) {
    var monitor = new HealthMonitor(check, probe, changed);
    Thread.ofVirtual().name("health").start(monitor::run);
    return monitor;
  }

  Health health() {
    return health;
  }

  private void run() {
    try {
      while (!over.await(pause().toNanos(), TimeUnit.NANOSECONDS)) {
        probe.run().ifPresent(this::note);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration pause() {
    return inStartPeriod(Instant.now()) ? check.startInterval() : check.interval();
  }

  private boolean inStartPeriod(Instant at) {
    return health.status() == Status.STARTING && at.isBefore(started.plus(check.startPeriod()));
  }

  private void note(Health.Check done) {
    if (over.getCount() == 0) {
      return;
    }
    var before = health.status();
    health = after(health, done);
    if (health.status() != before) {
      changed.accept(health.status());
    }
  }

  private Health after(Health before, Health.Check done) {
    var log = new ArrayList<>(before.log());
    log.add(done);
    var last = log.subList(Math.max(log.size() - REMEMBERED, 0), log.size());
    if (done.exitCode() == 0) {
      return new Health(Status.HEALTHY, 0, last);
    }
    if (inStartPeriod(done.start())) {
      return new Health(before.status(), 0, last);
    }
    int failures = before.failures() + 1;
    return new Health(
        failures >= check.retries() ? Status.UNHEALTHY : before.status(), failures, last);
  }

  /** The container does not run any more. */
  @Override
  public void close() {
    over.countDown();
  }
}
