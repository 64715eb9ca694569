package caisson.registry;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * One element of {@code NO_PROXY}.
 *
 * @param host a name, an address, a network or {@code *}
 * @param port the only one it is about, or empty
 */
record ProxyException(String host, String port) {
  private static final int BYTE = 8;

  static ProxyException of(String text) {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
    var host = hasPort ? text.substring(0, colon) : text;
    return new ProxyException(
        host.toLowerCase(Locale.ROOT), hasPort ? text.substring(colon + 1) : "");
  }

  boolean covers(URI target) {
    boolean portMatches = port.isEmpty() || port.equals(Integer.toString(port(target)));
    return portMatches && coversHost(target.getHost().toLowerCase(Locale.ROOT));
  }

  private static int port(URI target) {
    boolean usual = target.getPort() < 0;
    return usual ? target.getScheme().equals("https") ? 443 : 80 : target.getPort();
  }

  private boolean coversHost(String name) {
    var domain = host.startsWith("*.") ? host.substring(1) : host;
    return host.equals("*")
        || bare(name).equals(bare(host))
        || name.endsWith(domain.startsWith(".") ? domain : "." + domain)
        || inNetwork(name);
  }

  /** An IPv6 address without its brackets. */
  private static String bare(String name) {
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  private boolean inNetwork(String name) {
    int slash = host.indexOf('/');
    if (slash < 0 || !host.substring(slash + 1).matches("[0-9]{1,3}")) {
      return false;
    }
    var network = address(host.substring(0, slash));
    var address = address(bare(name));
    int length = Integer.parseInt(host.substring(slash + 1));
    return network.isPresent()
        && address.isPresent()
        && network.get().length == address.get().length
        && prefix(network.get(), length).equals(prefix(address.get(), length));
  }

  private static BigInteger prefix(byte[] address, int length) {
    int rest = address.length * BYTE - length;
    return new BigInteger(1, address).shiftRight(Math.max(rest, 0));
  }

  /** The bytes of what is an address already; names are not looked up. */
  private static Optional<byte[]> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
