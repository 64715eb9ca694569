package caisson.api.wire;

import caisson.base.Absent;
import java.util.List;

/**
 * How a container's health is found out. Durations are nanoseconds; 0 is the default.
 *
 * @param test empty to take over what the image says; else {@code NONE}, {@code CMD} and a command,
 *     or {@code CMD-SHELL} and a line for a shell
 */
public record HealthConfig(
    List<String> test,
    long interval,
    long timeout,
    long startPeriod,
    long startInterval,
    int retries) {
  public HealthConfig {
    test = Absent.list(test);
  }

  /** The same with {@code image}'s values where this has none. */
  public HealthConfig over(HealthConfig image) {
    return new HealthConfig(
        test.isEmpty() ? image.test() : test,
        interval == 0 ? image.interval() : interval,
        timeout == 0 ? image.timeout() : timeout,
        startPeriod == 0 ? image.startPeriod() : startPeriod,
        startInterval == 0 ? image.startInterval() : startInterval,
        retries == 0 ? image.retries() : retries);
  }
}
