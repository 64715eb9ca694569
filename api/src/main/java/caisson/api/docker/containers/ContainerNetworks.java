package caisson.api.docker.containers;

import caisson.api.docker.networks.NetworkId;
import caisson.api.wire.CreateContainer;
import caisson.api.wire.NetworkSettings;
import caisson.api.wire.NetworkSettings.Endpoint;
import caisson.engine.Container;
import caisson.engine.DefaultNetwork;
import caisson.network.Ipv4;
import caisson.network.Ipv6;
import caisson.network.Subnet;
import caisson.network.Subnet6;
import java.util.Map;

/**
 * A container's networks as clients are shown them. The address that a user-mode network has inside
 * the machine reaches nobody, so none is shown.
 */
final class ContainerNetworks {
  private ContainerNetworks() {}

  static NetworkSettings of(Container container, CreateContainer document, DefaultNetwork network) {
    var name = name(document);
    var place = place(name, container, network);
    return new NetworkSettings(
        ContainerPorts.byPort(container, document.config()),
        place.ipAddress(),
        place.ipPrefixLen(),
        place.gateway(),
        place.macAddress(),
        place.globalIpv6Address(),
        place.globalIpv6PrefixLen(),
        place.ipv6Gateway(),
        Map.of(name, place));
  }

  /** The name of the network that a container is in. */
  static String name(CreateContainer document) {
    return document.hostConfig().networkMode().equals("none") ? "none" : "bridge";
  }

  private static Endpoint place(String name, Container container, DefaultNetwork network) {
    var address = container.endpoint().address();
    var subnet = address.flatMap(_ -> network.bridge()).map(DefaultNetwork.Bridge::subnet);
    var address6 = container.endpoint().address6();
    var subnet6 = address6.flatMap(_ -> network.bridge()).flatMap(DefaultNetwork.Bridge::subnet6);
    return new Endpoint(
        NetworkId.of(name),
        container.state().running() ? NetworkId.of(name, container.id()) : "",
        address.map(Ipv4::toString).orElse(""),
        subnet.map(Subnet::prefix).orElse(0),
        subnet.map(it -> it.gateway().toString()).orElse(""),
        address.map(Ipv4::mac).orElse(""),
        address6.map(Ipv6::toString).orElse(""),
        address6.map(_ -> Subnet6.PREFIX).orElse(0),
        subnet6.map(it -> it.gateway().toString()).orElse(""));
  }
}
