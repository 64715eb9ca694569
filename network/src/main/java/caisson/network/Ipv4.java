package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.regex.Pattern;

/**
 * An IPv4 address.
 *
 * @param bits in host order: the first octet is the highest
 */
public record Ipv4(int bits) {
  private static final Pattern DOTS = Pattern.compile("\\.");
  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final int OCTETS = 4;
  private static final int MAX_OCTET = 255;

  /** Four decimal numbers with dots, without leading zeros, which some read as octal. */
  public static Ipv4 parse(String text) {
    var parts = DOTS.split(text, -1);
    int bits = 0;
    for (var part : parts) {
      boolean right = OCTET.matcher(part).matches() && Integer.parseInt(part) <= MAX_OCTET;
      if (parts.length != OCTETS || !right) {
        throw new CaissonException(
            ErrorCode.INVALID_ARGUMENT, "\"" + text + "\" is no IPv4 address");
      }
      bits = bits << 8 | Integer.parseInt(part);
    }
    return new Ipv4(bits);
  }

  Ipv4 plus(int distance) {
    return new Ipv4(bits + distance);
  }

  /**
   * The hardware address of a card with this address: locally administered, and its own on a
   * network on which the address is.
   */
  public String mac() {
    return "02:42:%02x:%02x:%02x:%02x"
        .formatted(bits >>> 24, bits >>> 16 & MAX_OCTET, bits >>> 8 & MAX_OCTET, bits & MAX_OCTET);
  }

  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & MAX_OCTET)
        + "."
        + (bits >>> 8 & MAX_OCTET)
        + "."
        + (bits & MAX_OCTET);
  }
}
