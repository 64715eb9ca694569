package caisson.engine;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.List;
import java.util.Locale;

/** A signal by its number on Linux (signal(7)), 1 to 64. */
public record Signal(int number) {
  public static final Signal TERM = new Signal(15);
  public static final Signal KILL = new Signal(9);

  private static final int RTMIN = 34;
  private static final int RTMAX = 64;
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  public Signal {
    if (number < 1 || number > RTMAX) {
      throw invalid(Integer.toString(number));
    }
  }

  /** Reads {@code 9}, {@code KILL}, {@code sigkill}, {@code RTMIN+3} or {@code RTMAX-1}. */
  public static Signal parse(String text) {
    var name = text.strip().toUpperCase(Locale.ROOT);
    if (name.startsWith("SIG")) {
      name = name.substring(3);
    }
    try {
      if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
        return new Signal(Integer.parseInt(name));
      }
      if (name.startsWith("RTMIN")) {
        return new Signal(RTMIN + offset(name));
      }
      if (name.startsWith("RTMAX")) {
        return new Signal(RTMAX + offset(name));
      }
    } catch (NumberFormatException e) {
      throw invalid(text);
    }
    int index = NAMES.indexOf(name);
    return switch (name) {
      case "IOT" -> new Signal(6);
      case "CLD" -> new Signal(17);
      case "POLL" -> new Signal(29);
      default -> {
        if (index < 0) {
          throw invalid(text);
        }
        yield new Signal(index + 1);
      }
    };
  }

  private static int offset(String name) {
    var rest = name.substring("RTMIN".length());
    return rest.isEmpty() ? 0 : Integer.parseInt(rest);
  }

  private static CaissonException invalid(String text) {
    return new CaissonException(ErrorCode.INVALID_ARGUMENT, "Invalid signal: " + text);
  }
}
