package caisson.cli.flag;

import java.util.regex.Pattern;

/** Ports from {@code first} to {@code last}. */
record PortSpan(int first, int last) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
  private static final int MOST = 65_535;

  /**
   * Reads {@code 80} or {@code 8000-8010}.
   *
   * @param whole what it is a part of, for the error
   */
  static PortSpan parse(String text, String whole) {
    int dash = text.indexOf('-');
    int first = number(dash < 0 ? text : text.substring(0, dash), whole);
    int last = dash < 0 ? first : number(text.substring(dash + 1), whole);
    if (first > last) {
      throw PortSpec.invalid(whole, "a range goes from the smaller port to the larger");
    }
    return new PortSpan(first, last);
  }

  private static int number(String text, String whole) {
    int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MOST) {
      throw PortSpec.invalid(whole, "a port is 1 to 65535");
    }
    return number;
  }

  int size() {
    return last - first + 1;
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
