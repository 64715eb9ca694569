package caisson.engine;

import caisson.network.Ipv4;
import caisson.network.Ipv6;
import caisson.network.PublishedPort;
import java.util.List;
import java.util.Optional;

/**
 * How a running container is reached.
 *
 * @param address by which the host and other containers reach it; none in a user-mode network
 * @param address6 the same of IPv6
 */
public record NetworkEndpoint(
    Optional<Ipv4> address, Optional<Ipv6> address6, List<PublishedPort> ports) {
  /** Not at all. */
  public static final NetworkEndpoint NONE =
      new NetworkEndpoint(Optional.empty(), Optional.empty(), List.of());

  public NetworkEndpoint {
    ports = List.copyOf(ports);
  }
}
