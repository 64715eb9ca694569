package caisson.network;

import java.util.List;
import java.util.Optional;

/**
 * A machine's place in a bridge network.
 *
 * @param tap the interface of the host that is the other end of the machine's card
 * @param address6 none where there is no IPv6, or was none when the machine started
 */
public record Endpoint(
    String tap, Ipv4 address, Optional<Ipv6> address6, List<PublishedPort> ports) {
  public Endpoint {
    ports = List.copyOf(ports);
  }

  /** The same with other ports. */
  Endpoint with(List<PublishedPort> others) {
    return new Endpoint(tap, address, address6, others);
  }
}
