package caisson.engine;

import java.time.Duration;
import java.util.List;

/**
 * How it is found out whether what runs in a container does its work.
 *
 * @param command run in the container; its exit code 0 means healthy
 * @param interval between the end of one check and the next
 * @param timeout after which a check counts as failed
 * @param startPeriod for which failures do not count after a start
 * @param startInterval between checks in the start period
 * @param retries how many failures in a row make a container unhealthy
 */
public record HealthCheck(
    List<String> command,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries) {
  public HealthCheck {
    command = List.copyOf(command);
  }
}
