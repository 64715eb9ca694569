package caisson.engine;

import caisson.network.Subnet;
import caisson.network.Subnet6;
import java.util.Optional;

/**
 * The network of containers that ask for none in particular.
 *
 * @param bridge the host's interface and its addresses; empty where each container has a user-mode
 *     network of its own
 */
public record DefaultNetwork(Optional<Bridge> bridge) {
  /** Each container has a user-mode network. */
  public static final DefaultNetwork USER = new DefaultNetwork(Optional.empty());

  /** A bridge of this host. */
  public record Bridge(String device, Subnet subnet, Optional<Subnet6> subnet6) {}
}
