package caisson.base;

import java.util.Locale;
import java.util.regex.Pattern;

/** A number of bytes, never negative. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgtp]?)(i?b)?");
  private static final String UNITS = "kmgtp";

  public ByteSize {
    if (bytes < 0) {
      throw new CaissonException(ErrorCode.INVALID_ARGUMENT, "a size cannot be negative: " + bytes);
    }
  }

  public static ByteSize ofKib(long kib) {
    return new ByteSize(Math.multiplyExact(kib, 1L << 10));
  }

  public static ByteSize ofMib(long mib) {
    return new ByteSize(Math.multiplyExact(mib, 1L << 20));
  }

  public static ByteSize ofGib(long gib) {
    return new ByteSize(Math.multiplyExact(gib, 1L << 30));
  }

  /**
   * Reads a size as docker's command line writes it: {@code 1024}, {@code 512m}, {@code 1.5GiB};
   * all units are powers of 1024 and case does not matter.
   */
  public static ByteSize parse(String text) {
    var matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw invalid(text);
    }
    int exponent = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
    double bytes = Double.parseDouble(matcher.group(1)) * Math.pow(1024, exponent);
    if (bytes > Long.MAX_VALUE / 2.0) {
      throw invalid(text);
    }
    return new ByteSize((long) bytes);
  }

  private static CaissonException invalid(String text) {
    return new CaissonException(
        ErrorCode.INVALID_ARGUMENT,
        "invalid size \"" + text + "\": write a number and a unit, for example 512m or 2g");
  }

  /** Whole mebibytes, rounded up. */
  public long mib() {
    return (bytes + (1L << 20) - 1) >> 20;
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }
}
