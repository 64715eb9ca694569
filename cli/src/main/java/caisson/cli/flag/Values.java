package caisson.cli.flag;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/** How flags' values are read, with the words that Docker's users know for what is wrong. */
public final class Values {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");
  private static final Set<String> STREAMS = Set.of("stdin", "stdout", "stderr");
  private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000);

  private Values() {}

  /** What is thrown for a value that cannot be read. */
  public static CaissonException invalid(String why) {
    return new CaissonException(ErrorCode.INVALID_ARGUMENT, why);
  }

  /** Go's words for yes and no. */
  public static boolean bool(String text) {
    if (TRUE.contains(text)) {
      return true;
    }
    if (FALSE.contains(text)) {
      return false;
    }
    throw invalid("strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
  }

  static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      var reason = text.matches("[+-]?\\d+") ? "value out of range" : "invalid syntax";
      throw invalid("strconv.ParseInt: parsing \"" + text + "\": " + reason);
    }
  }

  static int integer(String text) {
    long number = number(text);
    if (number != (int) number) {
      throw invalid("strconv.ParseInt: parsing \"" + text + "\": value out of range");
    }
    return (int) number;
  }

  /** A number of bytes: {@code 512m}. */
  public static long size(String text) {
    try {
      return ByteSize.parse(text).bytes();
    } catch (CaissonException e) {
      int end = text.length();
      while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
        end--;
      }
      boolean number = end > 0 && text.substring(0, end).strip().matches("\\d+(\\.\\d+)?");
      throw number && end < text.length()
          ? invalid("invalid suffix: '" + text.substring(end).toLowerCase(Locale.ROOT) + "'")
          : invalid("invalid size: '" + text + "'");
    }
  }

  /** A number of bytes, or -1 for no limit. */
  public static long sizeOrUnlimited(String text) {
    return text.equals("-1") ? -1 : size(text);
  }

  /** CPUs, {@code 1.5}, in thousand-millionths. */
  public static long cpus(String text) {
    try {
      return new BigDecimal(text).multiply(NANO).longValueExact();
    } catch (NumberFormatException e) {
      throw invalid("failed to parse " + text + " as a rational number");
    } catch (ArithmeticException e) {
      throw invalid("value is too precise");
    }
  }

  /** {@code NAME=value}, or {@code NAME} alone for the value that it has here. */
  public static String variable(String text) {
    if (text.isEmpty() || text.startsWith("=")) {
      throw invalid("invalid environment variable: " + text);
    }
    return text;
  }

  /** {@code key=value} or a key alone. */
  public static String label(String text) {
    var key = cut(text).stripLeading();
    if (key.isEmpty()) {
      throw invalid("invalid label '" + text + "': empty name");
    }
    if (key.contains(" ") || key.contains("\t")) {
      throw invalid("label '" + key + "' contains whitespaces");
    }
    return text;
  }

  /** {@code name=value}. Every sysctl is allowed: the kernel is the container's own. */
  public static String sysctl(String text) {
    if (!text.contains("=") || text.startsWith("=")) {
      throw invalid("sysctl '" + text + "' is not allowed");
    }
    return text;
  }

  /** {@code name:address} or {@code name=address}. */
  public static String host(String text) {
    int end = text.contains("=") ? text.indexOf('=') : text.indexOf(':');
    if (end <= 0 || end == text.length() - 1) {
      throw invalid("bad format for add-host: \"" + text + "\"");
    }
    return text;
  }

  /** {@code name=value}, of a filter. */
  public static String filter(String text) {
    if (!text.contains("=")) {
      throw invalid("bad format of filter (expected name=value)");
    }
    return text;
  }

  /** One of the three standard streams. */
  public static String stream(String text) {
    var name = text.toLowerCase(Locale.ROOT);
    if (!STREAMS.contains(name)) {
      throw invalid("valid streams are STDIN, STDOUT and STDERR");
    }
    return name;
  }

  /** What stands before the first equals sign. */
  private static String cut(String text) {
    int equals = text.indexOf('=');
    return equals < 0 ? text : text.substring(0, equals);
  }
}
