package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.api.wire.HealthConfig;
import caisson.engine.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What Docker's words for health checks mean; defaults are dockerd's. */
final class HealthChoice {
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration START_INTERVAL = Duration.ofSeconds(5);
  private static final int RETRIES = 3;
  private static final long SHORTEST = Duration.ofMillis(1).toNanos();

  private HealthChoice() {}

  /** The check; empty where there is none. */
  static Optional<HealthCheck> of(Optional<HealthConfig> asked) {
    return asked.flatMap(check -> command(check.test()).map(command -> check(check, command)));
  }

  private static Optional<List<String>> command(List<String> test) {
    if (test.isEmpty() || test.getFirst().equals("NONE")) {
      return Optional.empty();
    }
    var words = test.subList(1, test.size());
    return switch (test.getFirst()) {
      case "CMD" -> Optional.of(words).filter(it -> !it.isEmpty());
      case "CMD-SHELL" -> Optional.of(List.of("/bin/sh", "-c", String.join(" ", words)));
      default -> throw BadRequest.of("Unknown healthcheck type '" + test.getFirst() + "'");
    };
  }

  private static HealthCheck check(HealthConfig asked, List<String> command) {
    if (asked.retries() < 0) {
      throw BadRequest.of("Retries in Healthcheck cannot be negative");
    }
    return new HealthCheck(
        command,
        duration(asked.interval(), "Interval", INTERVAL),
        duration(asked.timeout(), "Timeout", TIMEOUT),
        duration(asked.startPeriod(), "StartPeriod", Duration.ZERO),
        duration(asked.startInterval(), "StartInterval", START_INTERVAL),
        asked.retries() == 0 ? RETRIES : asked.retries());
  }

  private static Duration duration(long nanos, String field, Duration standard) {
    if (nanos != 0 && nanos < SHORTEST) {
      throw BadRequest.of(field + " in Healthcheck cannot be less than 1ms");
    }
    return nanos == 0 ? standard : Duration.ofNanos(nanos);
  }
}
