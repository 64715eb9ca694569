package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.regex.Pattern;

/** Ports from {@code first} to {@code last}; both 0 mean any that is free. */
public record PortRange(int first, int last) {
  public static final PortRange ANY = new PortRange(0, 0);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");
  private static final int MOST = 65_535;

  public PortRange {
    if (first < 0 || last > MOST || first > last || (first == 0 && last != 0)) {
      throw invalid(first + "-" + last);
    }
  }

  /** {@code 80} or {@code 8000-8010}; nothing and {@code 0} mean any. */
  public static PortRange parse(String text) {
    if (text.isEmpty()) {
      return ANY;
    }
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw invalid(text);
    }
    int first = Integer.parseInt(form.group(1));
    return new PortRange(first, form.group(2) == null ? first : Integer.parseInt(form.group(2)));
  }

  private static CaissonException invalid(String text) {
    return new CaissonException(
        ErrorCode.INVALID_ARGUMENT,
        "invalid port \"" + text + "\": a port is 1 to 65535, a range is like 8000-8010");
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
