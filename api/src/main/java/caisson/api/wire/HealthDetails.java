package caisson.api.wire;

import java.time.Instant;
import java.util.List;

/**
 * What a container's health checks have found.
 *
 * @param status starting, healthy or unhealthy
 */
public record HealthDetails(String status, int failingStreak, List<Check> log) {
  /** One check. */
  public record Check(Instant start, Instant end, int exitCode, String output) {}
}
