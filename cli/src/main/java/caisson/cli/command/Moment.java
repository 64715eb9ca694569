package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;

/** A moment as {@code --since} takes it: a date, a time, seconds since 1970, or how long ago. */
final class Moment {
  private static final Pattern SECONDS = Pattern.compile("-?\\d+(\\.\\d{1,9})?");
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

  private Moment() {}

  /**
   * Seconds since 1970 with nine decimals, as the API takes them.
   *
   * @param flag the name of the flag, for the error
   */
  static String parse(String flag, String text, Instant now) {
    if (SECONDS.matcher(text).matches()) {
      return text;
    }
    try {
      var moment = DURATION.matcher(text).matches() ? ago(text, now) : date(text);
      return "%d.%09d".formatted(moment.getEpochSecond(), moment.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "invalid value for \"%s\": failed to parse value as time or duration: \"%s\""
              .formatted(flag, text),
          e);
    }
  }

  private static Instant ago(String text, Instant now) {
    var steps = STEP.matcher(text);
    long nanos = 0;
    while (steps.find()) {
      var unit = BigDecimal.valueOf(NANOS.getOrDefault(steps.group(2), 0L));
      var step = new BigDecimal(steps.group(1)).multiply(unit).setScale(0, RoundingMode.DOWN);
      nanos = Math.addExact(nanos, step.longValueExact());
    }
    return now.minusNanos(nanos);
  }

  /** A time without a zone is this machine's. */
  private static Instant date(String text) {
    if (text.length() == "2013-01-02".length()) {
      return LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
    }
    return text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
  }
}
