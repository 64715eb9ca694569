package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.api.wire.ContainerConfig;
import caisson.api.wire.HostConfig;
import caisson.api.wire.Publishing.HostPort;
import caisson.network.HostAddress;
import caisson.network.Port;
import caisson.network.PortRange;
import caisson.network.PortRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The ports of a container that are to be published. */
final class PortChoice {
  private static final int MOST = 4096;

  private PortChoice() {}

  /** Nothing without a network, as with Docker. */
  static List<PortRequest> of(ContainerConfig config, HostConfig host) {
    var requests = new ArrayList<PortRequest>();
    host.publishing()
        .portBindings()
        .forEach((port, hosts) -> hosts.forEach(it -> requests.add(request(port, it))));
    if (host.publishing().publishAllPorts()) {
      addExposed(requests, config);
    }
    if (requests.size() > MOST) {
      throw BadRequest.of("a container can publish " + MOST + " ports, not " + requests.size());
    }
    return host.networkMode().equals("none") ? List.of() : requests;
  }

  private static void addExposed(List<PortRequest> requests, ContainerConfig config) {
    for (var exposed : new TreeSet<>(config.exposedPorts().keySet())) {
      var port = Port.parse(exposed);
      if (requests.stream().noneMatch(request -> request.port().equals(port))) {
        requests.add(new PortRequest(port, Optional.empty(), PortRange.ANY));
      }
    }
  }

  private static PortRequest request(String port, HostPort host) {
    return new PortRequest(
        Port.parse(port), address(host.hostIp()), PortRange.parse(host.hostPort()));
  }

  /** All of the host's addresses is what is meant by none. */
  private static Optional<InetAddress> address(String text) {
    return text.isEmpty() || text.equals("0.0.0.0")
        ? Optional.empty()
        : Optional.of(HostAddress.parse(text));
  }
}
