package caisson.engine.vm;

import caisson.engine.NetworkEndpoint;
import caisson.network.Ipv4;
import caisson.network.PortRequest;
import caisson.network.PublishedPort;
import caisson.network.SlirpPorts;
import caisson.vmm.Vm;
import caisson.vmm.VmNetwork;
import java.util.List;
import java.util.Optional;

/** A user-mode network, whose published ports slirp4netns listens on and gives up when it ends. */
final class UserLink implements Link {
  private static final Ipv4 GUEST = Ipv4.parse("10.0.2.100");

  private volatile List<PublishedPort> published;

  /** With the ports that an earlier daemon published. */
  UserLink(List<PublishedPort> published) {
    this.published = List.copyOf(published);
  }

  @Override
  public VmNetwork network() {
    return VmNetwork.USER;
  }

  @Override
  public NetworkEndpoint endpoint() {
    return new NetworkEndpoint(Optional.empty(), Optional.empty(), published);
  }

  @Override
  public void publish(Vm vm, List<PortRequest> requests) {
    if (!requests.isEmpty()) {
      published = SlirpPorts.publish(vm.portSocket(), GUEST, requests);
    }
  }

  @Override
  public void close() {}
}
