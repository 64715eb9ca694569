package caisson.api.docker.containers;

import caisson.api.wire.HostConfig;
import caisson.api.wire.NetworkSettings;
import caisson.api.wire.NetworkSettings.Endpoint;
import java.util.Map;

/**
 * A container's networks as clients are shown them. The address that a user-mode network has inside
 * the machine reaches nobody, so none is shown.
 */
final class ContainerNetworks {
  private ContainerNetworks() {}

  static NetworkSettings of(HostConfig host) {
    var name = host.networkMode().equals("none") ? "none" : "bridge";
    return new NetworkSettings(Map.of(), "", "", "", Map.of(name, new Endpoint("", "", "", "")));
  }
}
