package caisson.api.docker;

import caisson.api.http.BadRequest;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** Moments as queries have them: seconds since 1970 with up to nine decimals, or RFC 3339. */
public final class Moments {
  private static final Pattern SECONDS = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,9})?");

  private static final Pattern AGO = Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,9})?(?:h|ms|m|s))+");
  private static final Pattern STEP = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s)");

  private Moments() {}

  /** Reads one, or how long ago it was: {@code 1h30m}. */
  public static Instant parse(String text, String name, Instant now) {
    return AGO.matcher(text).matches() ? now.minus(duration(text)) : parse(text, name);
  }

  private static Duration duration(String text) {
    var steps = STEP.matcher(text);
    var sum = Duration.ZERO;
    while (steps.find()) {
      var unit =
          switch (steps.group(2)) {
            case "h" -> Duration.ofHours(1);
            case "m" -> Duration.ofMinutes(1);
            case "s" -> Duration.ofSeconds(1);
            default -> Duration.ofMillis(1);
          };
      var nanos = new BigDecimal(steps.group(1)).multiply(BigDecimal.valueOf(unit.toNanos()));
      sum = sum.plusNanos(nanos.longValue());
    }
    return sum;
  }

  /**
   * Reads one.
   *
   * @param name the query's field, for the error
   */
  public static Instant parse(String text, String name) {
    try {
      if (!SECONDS.matcher(text).matches()) {
        return OffsetDateTime.parse(text).toInstant();
      }
      var nanoseconds = new BigDecimal(text).movePointRight(9).toBigIntegerExact();
      var parts = nanoseconds.divideAndRemainder(BigDecimal.TEN.pow(9).toBigInteger());
      return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    } catch (DateTimeException e) {
      throw BadRequest.of(
          "invalid value \"%s\" for \"%s\": seconds since 1970 or RFC 3339 is expected"
              .formatted(text, name));
    }
  }
}
