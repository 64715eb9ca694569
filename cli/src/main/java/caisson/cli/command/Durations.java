package caisson.cli.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 1h30m} or {@code 1.5s}. */
final class Durations {
  private static final Pattern DURATION =
      Pattern.compile("(?:\\d+(?:\\.\\d+)?(?:h|ms|m|s|us|µs|ns))+");
  private static final Pattern STEP = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s|us|µs|ns)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "h", 3_600_000_000_000L,
          "m", 60_000_000_000L,
          "s", 1_000_000_000L,
          "ms", 1_000_000L,
          "us", 1_000L,
          "µs", 1_000L,
          "ns", 1L);

  private Durations() {}

  /**
   * Reads one; empty if it is none.
   *
   * @throws ArithmeticException if it is longer than three centuries
   */
  static Optional<Duration> parse(String text) {
    if (!DURATION.matcher(text).matches()) {
      return Optional.empty();
    }
    var steps = STEP.matcher(text);
    long nanos = 0;
    while (steps.find()) {
      var unit = BigDecimal.valueOf(NANOS.getOrDefault(steps.group(2), 0L));
      var step = new BigDecimal(steps.group(1)).multiply(unit).setScale(0, RoundingMode.DOWN);
      nanos = Math.addExact(nanos, step.longValueExact());
    }
    return Optional.of(Duration.ofNanos(nanos));
  }
}
