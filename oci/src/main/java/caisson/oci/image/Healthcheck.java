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
}
