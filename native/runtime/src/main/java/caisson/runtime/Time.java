package caisson.runtime;

/** Times in words. */
final class Time {
  private static final int DAY = 86_400;
  private static final int MOST_DIGITS = 9;

  private Time() {}

  /** Seconds since 1970 as RFC 3339 writes them, in UTC. */
  static String rfc3339(long seconds) {
    long days = seconds / DAY;
    int rest = (int) (seconds % DAY);
    // Days since 1970-01-01 to a date, with years that begin in March.
    long shifted = days + 719_468;
    long era = shifted / 146_097;
    long dayOfEra = shifted % 146_097;
    long year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100);
    long march = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * march + 2) / 5 + 1;
    long month = march < 10 ? march + 3 : march - 9;
    return (year + era * 400 + (month <= 2 ? 1 : 0))
        + "-"
        + two(month)
        + "-"
        + two(day)
        + "T"
        + two(rest / 3600)
        + ":"
        + two(rest / 60 % 60)
        + ":"
        + two(rest % 60)
        + "Z";
  }

  /** The milliseconds of a number with its unit: ms, s, m or h. */
  static int milliseconds(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    int factor =
        switch (text.substring(digits)) {
          case "ms" -> 1;
          case "s" -> 1000;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 0;
        };
    long all = digits == 0 || digits > MOST_DIGITS ? 0 : Long.parseLong(text.substring(0, digits));
    if (all * factor <= 0 || all * factor > Integer.MAX_VALUE) {
      throw new RuntimeFailure("invalid duration \"" + text + "\": write one like 500ms or 5s");
    }
    return (int) (all * factor);
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }
}
