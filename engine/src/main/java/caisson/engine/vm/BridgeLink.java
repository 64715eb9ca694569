package caisson.engine.vm;

import caisson.engine.NetworkEndpoint;
import caisson.network.BridgeNetwork;
import caisson.network.Endpoint;
import caisson.network.Ipv6;
import caisson.network.PortRequest;
import caisson.network.Subnet6;
import caisson.vmm.GuestAddress;
import caisson.vmm.Vm;
import caisson.vmm.VmNetwork;
import java.util.List;
import java.util.Optional;

/** A place on the host's bridge. */
final class BridgeLink implements Link {
  private static final String CARD = "eth0";
  private static final int MTU = 1500;

  private final BridgeNetwork bridge;
  private final List<String> nameServers;
  private volatile Endpoint place;

  BridgeLink(BridgeNetwork bridge, Endpoint place, List<String> nameServers) {
    this.bridge = bridge;
    this.place = place;
    this.nameServers = List.copyOf(nameServers);
  }

  @Override
  public VmNetwork network() {
    var subnet = bridge.subnet();
    var address =
        new GuestAddress(
            CARD,
            place.address().mac(),
            subnet.with(place.address()),
            MTU,
            subnet.gateway().toString(),
            nameServers,
            place.address6().flatMap(at -> bridge.subnet6().map(in -> ipv6(at, in))));
    return new VmNetwork.Bridge(bridge.name(), place.tap(), address);
  }

  private static GuestAddress.Ipv6 ipv6(Ipv6 address, Subnet6 subnet) {
    return new GuestAddress.Ipv6(subnet.with(address), subnet.gateway().toString());
  }

  @Override
  public NetworkEndpoint endpoint() {
    return new NetworkEndpoint(Optional.of(place.address()), place.address6(), place.ports());
  }

  @Override
  public void publish(Vm vm, List<PortRequest> requests) {
    if (!requests.isEmpty()) {
      place = bridge.publish(place, requests);
    }
  }

  @Override
  public void close() {
    bridge.disconnect(place);
  }
}
