package caisson.api.docker.networks;

import caisson.api.wire.NetworkDetails;
import caisson.api.wire.NetworkDetails.Ipam;
import caisson.api.wire.NetworkDetails.Member;
import caisson.api.wire.NetworkDetails.Pool;
import caisson.engine.Container;
import caisson.engine.DefaultNetwork;
import caisson.engine.Engine;
import caisson.engine.NetworkMode;
import caisson.network.Ipv4;
import caisson.network.Subnet6;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The networks that there are, as clients are shown them. */
final class NetworkAnswer {
  /** They are older than any container. */
  private static final String CREATED = "1970-01-01T00:00:00Z";

  private static final String BRIDGE = "bridge";
  private static final String NONE = "none";

  private final Engine engine;

  NetworkAnswer(Engine engine) {
    this.engine = engine;
  }

  List<NetworkDetails> all() {
    return List.of(bridge(), none());
  }

  private NetworkDetails bridge() {
    var bridge = engine.network().bridge();
    return network(
        BRIDGE,
        bridge.isPresent() ? BRIDGE : "user",
        bridge.stream().flatMap(NetworkAnswer::pools).toList(),
        members(NetworkMode.BRIDGE, BRIDGE),
        bridge.map(it -> Map.of("com.docker.network.bridge.name", it.device())).orElse(Map.of()));
  }

  private NetworkDetails none() {
    return network(NONE, "null", List.of(), members(NetworkMode.NONE, NONE), Map.of());
  }

  private static Stream<Pool> pools(DefaultNetwork.Bridge bridge) {
    var ipv4 = new Pool(bridge.subnet().toString(), bridge.subnet().gateway().toString());
    return Stream.concat(
        Stream.of(ipv4),
        bridge.subnet6().stream().map(it -> new Pool(it.toString(), it.gateway().toString())));
  }

  private static NetworkDetails network(
      String name,
      String driver,
      List<Pool> pools,
      Map<String, Member> members,
      Map<String, String> options) {
    return new NetworkDetails(
        name,
        NetworkId.of(name),
        CREATED,
        "local",
        driver,
        pools.size() > 1,
        new Ipam("default", pools),
        false,
        false,
        false,
        members,
        options,
        Map.of());
  }

  private Map<String, Member> members(NetworkMode mode, String name) {
    var members = new TreeMap<String, Member>();
    for (var container : engine.containers().list()) {
      boolean member = container.request().sandbox().network() == mode;
      if (member && container.state().running()) {
        members.put(container.id().value(), member(container, name));
      }
    }
    return members;
  }

  private Member member(Container container, String name) {
    var address = container.endpoint().address();
    var subnet = engine.network().bridge().map(DefaultNetwork.Bridge::subnet);
    return new Member(
        container.name(),
        NetworkId.of(name, container.id()),
        address.map(Ipv4::mac).orElse(""),
        address.flatMap(it -> subnet.map(in -> in.with(it))).orElse(""),
        container.endpoint().address6().map(it -> it + "/" + Subnet6.PREFIX).orElse(""));
  }
}
