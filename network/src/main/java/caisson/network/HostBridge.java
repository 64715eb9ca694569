package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The bridge itself: an interface of the host with the gateway's address. */
final class HostBridge {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where the first that nothing on the host leads to is taken. */
  private static final List<Subnet> CANDIDATES =
      Stream.of(
              "172.30.0.0/16",
              "172.29.0.0/16",
              "172.28.0.0/16",
              "10.130.0.0/16",
              "10.131.0.0/16",
              "192.168.130.0/24")
          .map(Subnet::parse)
          .toList();

  /** What a bridge's alias begins with, in front of its owner. */
  private static final String MARK = "Caisson of ";

  /** The kernel's IFALIASZ, without the zero byte. */
  private static final int LONGEST_ALIAS = 255;

  private final BridgeConfig config;
  private final String mark;
  private final Optional<Subnet6> subnet6;
  private Subnet subnet;

  HostBridge(BridgeConfig config, String owner) {
    this.config = config;
    var whose = MARK + owner;
    this.mark = whose.substring(0, Math.min(whose.length(), LONGEST_ALIAS));
    this.subnet = choose(HostNetwork.read());
    this.subnet6 = HostIpv6.isThere() ? choose6(config, whose) : Optional.empty();
  }

  private static Optional<Subnet6> choose6(BridgeConfig config, String whose) {
    return switch (config.subnet6()) {
      case BridgeConfig.Choice6.Own() -> Optional.of(Subnet6.of(whose + " " + config.name()));
      case BridgeConfig.Choice6.Given(var subnet) -> Optional.of(subnet);
      case BridgeConfig.Choice6.Off() -> Optional.empty();
    };
  }

  String name() {
    return config.name();
  }

  Subnet subnet() {
    return subnet;
  }

  Optional<Subnet6> subnet6() {
    return subnet6;
  }

  /**
   * That of the configuration, or that of the bridge if it is there, since machines may be using
   * it.
   */
  private Subnet choose(HostNetwork host) {
    return config
        .subnet()
        .or(() -> host.subnet(name()))
        .or(() -> CANDIDATES.stream().filter(each -> !host.uses(each, name())).findFirst())
        .orElse(CANDIDATES.getFirst());
  }

  /** Makes it, unless it is there, and lets the host forward for it. */
  void raise() {
    var host = HostNetwork.read();
    subnet = choose(host);
    if (host.uses(subnet, name())) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "a route of the host leads to addresses of %s, the subnet of the bridge network %s: configure another one"
              .formatted(subnet, name()));
    }
    if (host.has(name())) {
      requireOwn();
    } else {
      HostProgram.IP.run("", "link", "add", name(), "type", "bridge");
      HostProgram.IP.run("", "link", "set", "dev", name(), "alias", mark);
    }
    HostIpv6.switchOn(name(), subnet6.isPresent());
    set("ipv4/conf/" + name() + "/route_localnet");
    HostProgram.IP.run(
        "", "address", "replace", subnet.with(subnet.gateway()), "brd", "+", "dev", name());
    subnet6.ifPresent(this::addAddress);
    HostProgram.IP.run("", "link", "set", name(), "up");
    set("ipv4/ip_forward");
    if (subnet6.isPresent()) {
      HostIpv6.forward();
    } else if (HostIpv6.isThere()) {
      HostProgram.NFT.run(Ruleset.absent6(name()), "-f", "-");
    }
  }

  private void addAddress(Subnet6 of) {
    HostProgram.IP.run(
        "", "-6", "address", "replace", of.with(of.gateway()), "dev", name(), "nodad");
  }

  /** Whether it is there and this daemon's. */
  boolean isOwn() {
    return HostNetwork.read().has(name()) && alias().equals(mark);
  }

  private void requireOwn() {
    var alias = alias();
    if (!alias.equals(mark)) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "the interface %s is not this daemon's (%s): configure another name with bridge = NAME"
              .formatted(name(), alias.isEmpty() ? "it is not marked as one's" : alias));
    }
  }

  private String alias() {
    var shown = HostProgram.IP.run("", "-j", "link", "show", "dev", name());
    try {
      return JSON.readTree(shown).path(0).path("ifalias").asText();
    } catch (JsonProcessingException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "ip does not tell what " + name() + " is: " + shown, e);
    }
  }

  /** Takes it away, with its rules, if it is there and this daemon's. */
  void remove() {
    if (isOwn()) {
      HostProgram.NFT.run(Ruleset.absent(name(), HostIpv6.isThere()), "-f", "-");
      HostProgram.IP.run("", "link", "delete", name(), "type", "bridge");
    }
  }

  private static void set(String setting) {
    HostSetting.of(setting).set("1");
  }
}
