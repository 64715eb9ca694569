package caisson.network;

import java.net.Inet6Address;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules of a bridge network, for nft(8): tables that bear the bridge's name and hold nothing
 * else. They are always loaded whole, in one transaction, so that they are right whatever was there
 * before.
 *
 * <p>What a machine sends passes the bridge only with its own hardware and IP addresses; it can
 * tell neighbours of no other address, and is no router. What comes for a published port from
 * elsewhere is redirected to the machine, which accepts or refuses it itself; nothing else gets in.
 * Local processes reach published ports by the loopback's addresses too, for which the kernel is
 * allowed to route those to the bridge: the machines' own packets to such addresses are dropped.
 */
record Ruleset(
    String bridge,
    Subnet subnet,
    Optional<Subnet6> subnet6,
    TapNames taps,
    Collection<Endpoint> endpoints) {
  private static final String CARDS =
      """
      add table bridge BRIDGE
      delete table bridge BRIDGE
      table bridge BRIDGE {
        comment "Caisson"
        set cards {
          type ifname . ether_addr . ipv4_addr
      CARDS  }
        set macs {
          type ifname . ether_addr
      MACS  }
        set cards6 {
          type ifname . ether_addr . ipv6_addr
      SIXES  }
        chain prerouting {
          type filter hook prerouting priority -300; policy accept;
          iifname "TAP*" goto machine
        }
        chain machine {
          iifname . ether saddr != @macs drop
          ether type arp iifname . arp saddr ether != @macs drop
          ether type arp iifname . ether saddr . arp saddr ip @cards accept
          ether type ip iifname . ether saddr . ip saddr @cards accept
          ether type ip6 iifname . ether saddr . ip6 saddr @cards6 goto machine6
          drop
        }
        chain machine6 {
          icmpv6 type { nd-router-advert, nd-redirect } drop
          icmpv6 type nd-neighbor-advert goto claims
          accept
        }
        chain claims {
      CLAIMS    drop
        }
      }
      """;

  private static final String ADDRESSES =
      """
      add table FAMILY BRIDGE
      delete table FAMILY BRIDGE
      table FAMILY BRIDGE {
        comment "Caisson"
        chain published {
      PORTS  }
        chain loopback {
          type filter hook prerouting priority raw; policy accept;
          iifname "BRIDGE" FAMILY daddr LOOPBACK drop
        }
        chain prerouting {
          type nat hook prerouting priority dstnat; policy accept;
          FAMILY daddr != LOOPBACK fib daddr type local jump published
        }
        chain output {
          type nat hook output priority -100; policy accept;
          OUTPUTfib daddr type local jump published
        }
        chain forward {
          type filter hook forward priority filter; policy accept;
          oifname != "BRIDGE" accept
          iifname "BRIDGE" accept
          ct state established,related accept
          ct status dnat accept
          drop
        }
        chain postrouting {
          type nat hook postrouting priority srcnat; policy accept;
          FAMILY saddr SUBNET oifname != "BRIDGE" masquerade
          FAMILY saddr SUBNET oifname "BRIDGE" ct status dnat masquerade
          FAMILY saddr LOOPBACK oifname "BRIDGE" masquerade
        }
      }
      """;

  private static final String ABSENT = "add table %1$s %2$s\ndelete table %1$s %2$s\n";

  /**
   * Takes all tables away, if they are there.
   *
   * @param ipv6 whether the kernel knows of such
   */
  static String absent(String bridge, boolean ipv6) {
    return ABSENT.formatted("bridge", bridge)
        + ABSENT.formatted("ip", bridge)
        + (ipv6 ? absent6(bridge) : "");
  }

  /** Takes away what there is of IPv6. */
  static String absent6(String bridge) {
    return ABSENT.formatted("ip6", bridge);
  }

  String text() {
    return cards()
        + addresses("ip", "127.0.0.0/8", "", subnet.toString())
        + subnet6.map(it -> addresses("ip6", "::1", "ip6 daddr != ::1 ", it.toString())).orElse("");
  }

  private String cards() {
    return CARDS
        .replace(
            "SIXES",
            elements(endpoint ->
                endpoint
                    .address6()
                    .map(it ->
                        "\"%s\" . %s . %s"
                            .formatted(endpoint.tap(), endpoint.address().mac(), it))))
        .replace(
            "CARDS",
            elements(endpoint ->
                Optional.of(
                    "\"%s\" . %s . %s"
                        .formatted(endpoint.tap(), endpoint.address().mac(), endpoint.address()))))
        .replace(
            "MACS",
            elements(endpoint ->
                Optional.of("\"%s\" . %s".formatted(endpoint.tap(), endpoint.address().mac()))))
        .replace("CLAIMS", claims())
        .replace("BRIDGE", bridge)
        .replace("TAP", taps.prefix());
  }

  /** The target address of a neighbour advertisement (RFC 4861, 4.4), of which nft has no name. */
  private String claims() {
    return sorted().stream()
        .flatMap(each ->
            each.address6().stream()
                .map(it ->
                    "    iifname \"%s\" @th,64,128 %s accept\n".formatted(each.tap(), it.hex())))
        .collect(Collectors.joining());
  }

  private String addresses(String family, String loopback, String output, String network) {
    return ADDRESSES
        .replace("PORTS", ports(family))
        .replace("FAMILY", family)
        .replace("LOOPBACK", loopback)
        .replace("OUTPUT", output)
        .replace("BRIDGE", bridge)
        .replace("SUBNET", network);
  }

  private List<Endpoint> sorted() {
    return endpoints.stream().sorted(Comparator.comparing(Endpoint::tap)).toList();
  }

  /** An element for each endpoint; a set without any is declared without the word. */
  private String elements(Function<Endpoint, Optional<String>> element) {
    var all =
        sorted().stream()
            .flatMap(each -> element.apply(each).stream())
            .collect(Collectors.joining(",\n      "));
    return all.isEmpty() ? "" : "    elements = {\n      " + all + "\n    }\n";
  }

  private String ports(String family) {
    var text = new StringBuilder();
    for (var endpoint : sorted()) {
      for (var port : endpoint.ports()) {
        var to = target(endpoint, port);
        if (to.isPresent() && family(port).equals(family)) {
          text.append("    ").append(rule(port, to.get())).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static String family(PublishedPort port) {
    return port.address() instanceof Inet6Address ? "ip6" : "ip";
  }

  private static Optional<String> target(Endpoint endpoint, PublishedPort port) {
    return port.address() instanceof Inet6Address
        ? endpoint.address6().map(it -> "[" + it + "]")
        : Optional.of(endpoint.address().toString());
  }

  private static String rule(PublishedPort port, String to) {
    var at =
        port.address().isAnyLocalAddress()
            ? ""
            : family(port) + " daddr " + HostAddress.text(port.address()) + " ";
    return "%s%s dport %d dnat to %s:%d"
        .formatted(at, port.port().transport().word(), port.hostPort(), to, port.port().number());
  }
}
