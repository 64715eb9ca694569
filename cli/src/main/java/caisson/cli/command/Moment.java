package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Pattern;

/** A moment as {@code --since} takes it: a date, a time, seconds since 1970, or how long ago. */
final class Moment {
  private static final Pattern SECONDS = Pattern.compile("-?\\d+(\\.\\d{1,9})?");

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
      var moment = Durations.parse(text).map(now::minus).orElseGet(() -> date(text));
      return "%d.%09d".formatted(moment.getEpochSecond(), moment.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "invalid value for \"%s\": failed to parse value as time or duration: \"%s\""
              .formatted(flag, text),
          e);
    }
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
