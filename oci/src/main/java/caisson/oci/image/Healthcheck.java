package caisson.oci.image;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How a container's health is found out, as images and Docker's API have it. Durations are
 * nanoseconds; 0 is the default.
 *
 * @param test empty to take over what the image says; else {@code NONE}, {@code CMD} and a command,
 *     or {@code CMD-SHELL} and a line for a shell
 */
public record Healthcheck(
    @JsonProperty("Test") List<String> test,
    @JsonProperty("Interval") long interval,
    @JsonProperty("Timeout") long timeout,
    @JsonProperty("StartPeriod") long startPeriod,
    @JsonProperty("StartInterval") long startInterval,
    @JsonProperty("Retries") int retries) {
  public Healthcheck {
    test = Absent.list(test);
  }

  /** The same with {@code image}'s values where this has none. */
  public Healthcheck over(Healthcheck image) {
    return new Healthcheck(
        test.isEmpty() ? image.test() : test,
        interval == 0 ? image.interval() : interval,
        timeout == 0 ? image.timeout() : timeout,
        startPeriod == 0 ? image.startPeriod() : startPeriod,
        startInterval == 0 ? image.startInterval() : startInterval,
        retries == 0 ? image.retries() : retries);
  }
}
