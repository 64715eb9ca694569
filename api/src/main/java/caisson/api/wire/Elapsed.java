package caisson.api.wire;

import java.time.Duration;

/** How long ago, in Docker's words. */
public final class Elapsed {
  private Elapsed() {}

  /** Like {@code Less than a second}, {@code About a minute} or {@code 3 days}. */
  public static String text(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    return seconds < 60
        ? ofSeconds(seconds)
        : seconds < 3600 ? ofMinutes(seconds / 60) : longer(seconds);
  }

  private static String ofSeconds(long seconds) {
    return seconds < 1 ? "Less than a second" : seconds == 1 ? "1 second" : seconds + " seconds";
  }

  private static String ofMinutes(long minutes) {
    return minutes == 1 ? "About a minute" : minutes + " minutes";
  }

  private static String longer(long seconds) {
    long hours = (seconds + 1800) / 3600;
    long days = hours / 24;
    if (hours < 48) {
      return hours == 1 ? "About an hour" : hours + " hours";
    }
    if (days < 14) {
      return days + " days";
    }
    if (days < 60) {
      return days / 7 + " weeks";
    }
    return days < 730 ? days / 30 + " months" : seconds / 86_400 / 365 + " years";
  }
}
