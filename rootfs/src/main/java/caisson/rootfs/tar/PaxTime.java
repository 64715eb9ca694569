package caisson.rootfs.tar;

import caisson.rootfs.tree.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;

/** Times of extended headers: seconds since 1970, perhaps negative, with a decimal fraction. */
final class PaxTime {
  private static final Pattern FORM = Pattern.compile("(-?)(\\d{1,16})(?:\\.(\\d*))?");
  private static final int NANO_DIGITS = 9;

  private PaxTime() {}

  static Instant parse(ByteString text, TarInput input) {
    var matcher = FORM.matcher(new String(text.toByteArray(), StandardCharsets.ISO_8859_1));
    if (!matcher.matches()) {
      throw input.corrupt("\"" + text + "\" is not a time");
    }
    long seconds = Long.parseLong(matcher.group(2));
    String fraction = matcher.group(3) == null ? "" : matcher.group(3);
    return matcher.group(1).isEmpty()
        ? of(seconds, nanos(fraction), input)
        : of(-seconds, -nanos(fraction) - (exact(fraction) ? 0 : 1), input);
  }

  private static long nanos(String fraction) {
    return Long.parseLong((fraction + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS));
  }

  /** Whether nothing is lost with the digits behind the ninth; else GNU tar goes to the past. */
  private static boolean exact(String fraction) {
    for (int i = NANO_DIGITS; i < fraction.length(); i++) {
      if (fraction.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  /** The time, if {@link Instant} can hold it: a thousand million years either way. */
  static Instant of(long seconds, long nanos, TarInput input) {
    if (seconds < Instant.MIN.getEpochSecond() + 1 || seconds > Instant.MAX.getEpochSecond()) {
      throw input.corrupt("a modification time is out of range: " + seconds + " s");
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }
}
