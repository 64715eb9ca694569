package caisson.api.docker.containers;

import caisson.api.wire.ContainerConfig;
import caisson.api.wire.ContainerSummary;
import caisson.api.wire.Publishing.HostPort;
import caisson.engine.Container;
import caisson.network.HostAddress;
import caisson.network.Port;
import caisson.network.PublishedPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A running container's ports, as clients are shown them; one that does not run has none. */
final class ContainerPorts {
  private ContainerPorts() {}

  /** All that are exposed or published, with the host's. */
  static Map<String, Optional<List<HostPort>>> byPort(Container container, ContainerConfig config) {
    var all = new TreeMap<String, Optional<List<HostPort>>>();
    if (container.state().running()) {
      config
          .exposedPorts()
          .keySet()
          .forEach(port -> all.put(Port.parse(port).toString(), Optional.empty()));
      for (var port : container.endpoint().ports()) {
        all.merge(port.port().toString(), Optional.of(List.of(host(port))), ContainerPorts::joined);
      }
    }
    return all;
  }

  private static HostPort host(PublishedPort port) {
    return new HostPort(HostAddress.text(port.address()), Integer.toString(port.hostPort()));
  }

  private static Optional<List<HostPort>> joined(
      Optional<List<HostPort>> before, Optional<List<HostPort>> more) {
    var all = new ArrayList<>(before.orElse(List.of()));
    all.addAll(more.orElse(List.of()));
    return Optional.of(all);
  }

  /** The same as rows. */
  static List<ContainerSummary.Port> summary(Container container, ContainerConfig config) {
    var rows = new ArrayList<ContainerSummary.Port>();
    byPort(container, config)
        .forEach((text, hosts) -> {
          var port = Port.parse(text);
          if (hosts.isEmpty()) {
            rows.add(row(port, Optional.empty()));
          }
          hosts.ifPresent(all -> all.forEach(host -> rows.add(row(port, Optional.of(host)))));
        });
    return rows;
  }

  private static ContainerSummary.Port row(Port port, Optional<HostPort> host) {
    return new ContainerSummary.Port(
        host.map(HostPort::hostIp),
        port.number(),
        host.map(it -> Integer.parseInt(it.hostPort())),
        port.transport().word());
  }
}
