package caisson.cli.output;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/** Quantities as people say them, in Docker's words. */
public final class Human {
  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
  private static final List<String> BINARY_UNITS =
      List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

  private Human() {}

  /** A number of bytes in powers of 1000, to three digits: {@code 4.26MB}. */
  public static String size(long bytes) {
    return scaled(bytes, 1000, UNITS, 3);
  }

  /** A number of bytes in powers of 1024, to four digits: {@code 15.63GiB}. */
  public static String binarySize(long bytes) {
    return scaled(bytes, 1024, BINARY_UNITS, 4);
  }

  private static String scaled(long bytes, int base, List<String> units, int digits) {
    var step = BigDecimal.valueOf(base);
    var precision = new MathContext(digits, RoundingMode.HALF_EVEN);
    var value = BigDecimal.valueOf(bytes);
    int unit = 0;
    while (value.round(precision).compareTo(step) >= 0 && unit < units.size() - 1) {
      value = value.divide(step, MathContext.DECIMAL64);
      unit++;
    }
    var rounded = value.round(precision);
    return (rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString())
        + units.get(unit);
  }

  /** About how long something takes or took: {@code 3 weeks}. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    long minutes = duration.toMinutes();
    long hours = duration.plusMinutes(30).toHours();
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds < 60) {
      return seconds == 1 ? "1 second" : seconds + " seconds";
    }
    if (minutes < 60) {
      return minutes == 1 ? "About a minute" : minutes + " minutes";
    }
    if (hours < 48) {
      return hours == 1 ? "About an hour" : hours + " hours";
    }
    long days = hours / 24;
    if (days < 14) {
      return days + " days";
    }
    if (days < 60) {
      return days / 7 + " weeks";
    }
    return days < 730 ? days / 30 + " months" : duration.toDays() / 365 + " years";
  }

  /** A text cut to {@code width} characters, the last of which then shows that it was cut. */
  public static String ellipsis(String text, int width) {
    return text.codePointCount(0, text.length()) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  /** The twelve digits of an id that tables show. */
  public static String shortId(String id) {
    var digits = id.substring(id.indexOf(':') + 1);
    return digits.length() <= 12 ? digits : digits.substring(0, 12);
  }
}
