package caisson.network;

import java.util.List;

/**
 * A machine's place in a bridge network.
 *
 * @param tap the interface of the host that is the other end of the machine's card
 */
public record Endpoint(String tap, Ipv4 address, List<PublishedPort> ports) {
  public Endpoint {
    ports = List.copyOf(ports);
  }
}
