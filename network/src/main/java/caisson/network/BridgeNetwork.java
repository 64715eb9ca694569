package caisson.network;

import caisson.base.CaissonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bridge in the daemon's network namespace, into which each machine's tap is plugged. The bridge
 * and its rules are made for the first machine; {@link #restore} takes over those of an earlier
 * daemon. Every change loads all rules anew.
 */
public final class BridgeNetwork implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("caisson.network");

  private final HostBridge bridge;
  private final TapNames taps;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private AddressPool addresses;
  private boolean up;

  /** A machine, with what is held for it. */
  private record Member(Endpoint endpoint, ReservedPorts ports) {}

  /**
   * The network of {@code config}; nothing is done yet.
   *
   * @param owner says on the bridge whose it is: two daemons do not share one
   */
  public BridgeNetwork(BridgeConfig config, String owner) {
    this.bridge = new HostBridge(config, owner);
    this.taps = TapNames.on(config.name());
    this.addresses = new AddressPool(bridge.subnet());
  }

  public String name() {
    return bridge.name();
  }

  public synchronized Subnet subnet() {
    return bridge.subnet();
  }

  /** That of IPv6; none if it is switched off, or the host has none. */
  public synchronized Optional<Subnet6> subnet6() {
    return bridge.subnet6();
  }

  /**
   * Gives a machine that is about to start an address; on failure nothing is left.
   *
   * @param machine 16 hexadecimal digits, of which the tap's name is made
   * @throws CaissonException NO_RESOURCES if no address is free, CONFLICT if the bridge or its
   *     addresses are somebody else's
   */
  public synchronized Endpoint connect(String machine) {
    raise();
    var address = addresses.take();
    var address6 = bridge.subnet6().map(it -> it.beside(address));
    var endpoint = new Endpoint(taps.of(machine), address, address6, List.of());
    members.put(endpoint.tap(), new Member(endpoint, new ReservedPorts()));
    try {
      load();
      return endpoint;
    } catch (CaissonException e) {
      disconnect(endpoint);
      throw e;
    }
  }

  /**
   * Gives a connected machine ports of the host; on failure it has none.
   *
   * @return the machine's place, with its ports
   * @throws CaissonException CONFLICT if a port is taken
   */
  public synchronized Endpoint publish(Endpoint machine, List<PortRequest> requests) {
    var ports = new ReservedPorts();
    var endpoint = machine.with(ports.reserve(requests, machine.address6().isPresent()));
    var before = members.put(endpoint.tap(), new Member(endpoint, ports));
    if (before != null) {
      before.ports().close();
    }
    try {
      load();
      return endpoint;
    } catch (CaissonException e) {
      ports.close();
      members.put(machine.tap(), new Member(machine, new ReservedPorts()));
      throw e;
    }
  }

  /** Takes over a machine that an earlier daemon connected; {@link #restore} loads its rules. */
  public synchronized Endpoint adopt(
      String machine, Ipv4 address, Optional<Ipv6> address6, List<PublishedPort> held) {
    var endpoint = new Endpoint(taps.of(machine), address, address6, held);
    var ports = new ReservedPorts();
    // Those of IPv6 first: they hold a port of all addresses for IPv4 too.
    for (var port : endpoint.ports().reversed()) {
      if (!ports.again(port)) {
        LOG.log(System.Logger.Level.WARNING, "somebody else has taken " + port.hostText());
      }
    }
    addresses.keep(endpoint.address());
    members.put(endpoint.tap(), new Member(endpoint, ports));
    return endpoint;
  }

  /** Gives back what {@link #connect} gave. */
  public synchronized void disconnect(Endpoint endpoint) {
    var member = members.remove(endpoint.tap());
    if (member == null) {
      return;
    }
    member.ports().close();
    addresses.release(endpoint.address());
    try {
      load();
    } catch (CaissonException e) {
      LOG.log(System.Logger.Level.ERROR, "rules of " + endpoint.tap() + " stay: " + e.text());
    }
  }

  /**
   * Makes the host's bridge and rules those of the machines that are there: whatever an earlier
   * daemon left goes.
   */
  public synchronized void restore() {
    if (members.isEmpty()) {
      bridge.remove();
      up = false;
    } else {
      raise();
      load();
    }
  }

  private void raise() {
    if (!up) {
      bridge.raise();
      if (members.isEmpty()) {
        addresses = new AddressPool(bridge.subnet());
      }
      up = true;
    }
  }

  private void load() {
    var endpoints = members.values().stream().map(Member::endpoint).toList();
    var rules = new Ruleset(name(), bridge.subnet(), bridge.subnet6(), taps, endpoints);
    HostProgram.NFT.run(rules.text(), "-f", "-");
  }

  /** Taps on the host that none of the machines has. */
  public synchronized List<String> leftOvers() {
    var left = new ArrayList<String>();
    if (!bridge.isOwn()) {
      return left;
    }
    for (var name : HostNetwork.read().interfaces()) {
      if (taps.isOne(name) && !members.containsKey(name)) {
        left.add(name);
      }
    }
    return left;
  }

  /** Leaves the machines connected; without any, nothing is left on the host. */
  @Override
  public synchronized void close() {
    if (members.isEmpty() && up) {
      bridge.remove();
    }
    members.values().forEach(member -> member.ports().close());
  }
}
