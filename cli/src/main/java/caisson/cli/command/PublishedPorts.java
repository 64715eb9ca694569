package caisson.cli.command;

import caisson.cli.flag.PortSpec;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ports of a container that {@code -p} and {@code --expose} name.
 *
 * @param published the host's by the container's, which are like {@code 80/tcp}
 * @param all the container's, published or not
 */
record PublishedPorts(Map<String, List<PortSpec>> published, Set<String> all) {
  static PublishedPorts of(List<String> publish, List<String> expose) {
    var published = new LinkedHashMap<String, List<PortSpec>>();
    for (var text : publish) {
      for (var spec : PortSpec.parse(text)) {
        published.computeIfAbsent(spec.port(), _ -> new ArrayList<>()).add(spec);
      }
    }
    var all = new LinkedHashSet<>(published.keySet());
    expose.forEach(text -> PortSpec.parse(text).forEach(spec -> all.add(spec.port())));
    return new PublishedPorts(published, all);
  }

  Json bindings() {
    var bindings = new JsonObject();
    published.forEach((port, specs) -> {
      var hosts = specs.stream().map(PublishedPorts::binding).toList();
      bindings.with(port, new Json.Items(hosts));
    });
    return bindings.build();
  }

  private static Json binding(PortSpec spec) {
    return new JsonObject().with("HostIp", spec.hostIp()).with("HostPort", spec.hostPort()).build();
  }

  Json exposed() {
    var ports = new JsonObject();
    all.forEach(port -> ports.with(port, new JsonObject().build()));
    return ports.build();
  }
}
