package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Addresses of the host, written as numbers: no name is ever asked for. */
public final class HostAddress {
  private HostAddress() {}

  /**
   * Reads an IPv4 or an IPv6 address.
   *
   * @throws CaissonException INVALID_ARGUMENT if it is neither
   */
  public static InetAddress parse(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "invalid IP address: \"" + text + "\"", e);
    }
  }

  /** As people write it: an IPv6 address in its shortest form. */
  public static String text(InetAddress address) {
    return address instanceof Inet6Address ipv6
        ? Ipv6.of(ipv6).toString()
        : address.getHostAddress();
  }
}
