package caisson.engine.local;

import caisson.engine.HealthCheck;
import java.time.Duration;
import java.util.List;

/** A health check as {@code container.json} has it: durations in nanoseconds. */
record HealthCheckDocument(
    List<String> command,
    long interval,
    long timeout,
    long startPeriod,
    long startInterval,
    int retries) {
  static HealthCheckDocument of(HealthCheck check) {
    return new HealthCheckDocument(
        check.command(),
        check.interval().toNanos(),
        check.timeout().toNanos(),
        check.startPeriod().toNanos(),
        check.startInterval().toNanos(),
        check.retries());
  }

  HealthCheck check() {
    return new HealthCheck(
        command,
        Duration.ofNanos(interval),
        Duration.ofNanos(timeout),
        Duration.ofNanos(startPeriod),
        Duration.ofNanos(startInterval),
        retries);
  }
}
