package caisson.network;

import java.net.InetAddress;

/**
 * A port of a container that is reached by one of the host's.
 *
 * @param address of the host; {@code 0.0.0.0} and {@code ::} stand for all of their kind
 */
public record PublishedPort(Port port, InetAddress address, int hostPort) {
  /** The address and the port, an IPv6 address in brackets. */
  public String hostText() {
    var text = HostAddress.text(address);
    return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + hostPort;
  }
}
