package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;

/** A port of a container. */
public record Port(int number, Transport transport) {
  private static final int MOST = 65_535;

  public Port {
    if (number < 1 || number > MOST) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "invalid containerPort: " + number + "; it is 1 to 65535");
    }
  }

  /** {@code 80/tcp}; {@code 80} is the same. */
  public static Port parse(String text) {
    int slash = text.indexOf('/');
    var number = slash < 0 ? text : text.substring(0, slash);
    var transport = slash < 0 ? Transport.TCP : Transport.parse(text.substring(slash + 1));
    try {
      return new Port(Integer.parseInt(number), transport);
    } catch (NumberFormatException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "invalid containerPort: " + text + "; it is like 80/tcp", e);
    }
  }

  @Override
  public String toString() {
    return number + "/" + transport.word();
  }
}
