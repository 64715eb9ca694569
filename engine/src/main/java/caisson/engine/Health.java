package caisson.engine;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What the health checks of a running container have found.
 *
 * @param failures how many checks in a row have failed
 * @param log the last checks, oldest first
 */
public record Health(Status status, int failures, List<Check> log) {
  /** Of a container that has just been started. */
  public static final Health STARTING = new Health(Status.STARTING, 0, List.of());

  public Health {
    log = List.copyOf(log);
  }

  /** Whether a container does its work. */
  public enum Status {
    STARTING,
    HEALTHY,
    UNHEALTHY;

    /** In small letters, as Docker has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One check.
   *
   * @param output the beginning of what it wrote, or why there is no exit code
   */
  public record Check(Instant start, Instant end, int exitCode, String output) {}
}
