package caisson.engine.vm;

import caisson.engine.DefaultNetwork;
import caisson.engine.Leak;
import caisson.engine.NetworkMode;
import caisson.engine.sandbox.Uplink;
import caisson.network.BridgeNetwork;
import caisson.network.Ipv4;
import caisson.network.Ipv6;
import caisson.network.PublishedPort;
import caisson.vmm.Vm;
import caisson.vmm.VmId;
import java.util.List;
import java.util.Optional;

/**
 * What machines' cards lead to.
 *
 * @param bridge of this host; empty where each machine has a user-mode network instead
 */
public record MachineNetworks(Optional<BridgeNetwork> bridge) {
  /** User-mode networks only. */
  public static final MachineNetworks USER = new MachineNetworks(Optional.empty());

  /** For a machine that is about to start. */
  Link open(VmId machine, Uplink uplink) {
    return switch (uplink) {
      case Uplink.OfMode(var mode) -> open(machine, mode);
      case Uplink.OfNamespace(var namespace) -> new NamespaceLink(namespace, machine);
    };
  }

  private Link open(VmId machine, NetworkMode mode) {
    return switch (mode) {
      case NONE -> new NoLink();
      case USER -> new UserLink(List.of());
      case BRIDGE ->
          bridge.<Link>map(on -> plug(on, machine)).orElseGet(() -> new UserLink(List.of()));
    };
  }

  private static Link plug(BridgeNetwork bridge, VmId machine) {
    var servers = HostResolver.ofHost().ipv4Servers();
    return new BridgeLink(bridge, bridge.connect(machine.value()), servers);
  }

  /**
   * For a machine that an earlier daemon started, which may have had another configuration: what
   * the machine was given says what its card leads to.
   */
  Link adopt(Vm vm, Uplink uplink, List<PublishedPort> ports) {
    return switch (uplink) {
      case Uplink.OfMode(var mode) -> adopt(vm, mode, ports);
      case Uplink.OfNamespace(var namespace) -> new NamespaceLink(namespace, vm.id());
    };
  }

  private Link adopt(Vm vm, NetworkMode mode, List<PublishedPort> ports) {
    return switch (mode) {
      case NONE -> new NoLink();
      case USER -> new UserLink(ports);
      case BRIDGE ->
          bridge.<Link>map(on -> adopt(on, vm, ports)).orElseGet(() -> new UserLink(ports));
    };
  }

  private static Link adopt(BridgeNetwork bridge, Vm vm, List<PublishedPort> ports) {
    var address = vm.address().orElseThrow();
    var at = Ipv4.parse(withoutPrefix(address.address()));
    var at6 = address.ipv6().map(it -> Ipv6.parse(withoutPrefix(it.address())));
    return bridge.subnet().contains(at)
        ? new BridgeLink(
            bridge, bridge.adopt(vm.id().value(), at, at6, ports), address.nameServers())
        : new UserLink(ports);
  }

  private static String withoutPrefix(String address) {
    return address.substring(0, address.indexOf('/'));
  }

  List<Leak> leaks() {
    return bridge.map(BridgeNetwork::leftOvers).orElse(List.of()).stream()
        .map(tap -> new Leak("tap", tap))
        .toList();
  }

  /** Once all machines are taken over, the host's bridge and rules become theirs. */
  void sweep() {
    bridge.ifPresent(BridgeNetwork::restore);
  }

  DefaultNetwork standard() {
    return new DefaultNetwork(
        bridge.map(on -> new DefaultNetwork.Bridge(on.name(), on.subnet(), on.subnet6())));
  }
}
