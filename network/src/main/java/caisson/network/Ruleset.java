package caisson.network;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rules of a bridge network, for nft(8): two tables that bear the bridge's name and hold
 * nothing else. They are always loaded whole, in one transaction, so that they are right whatever
 * was there before.
 *
 * <p>What a machine sends passes the bridge only with its own hardware and IPv4 address. What comes
 * for a published port from elsewhere is redirected to the machine, which accepts or refuses it
 * itself; nothing else gets in. Local processes reach published ports by the loopback's addresses
 * too, for which the kernel is allowed to route those to the bridge: the machines' own packets to
 * such addresses are dropped.
 */
record Ruleset(String bridge, Subnet subnet, TapNames taps, Collection<Endpoint> endpoints) {
  private static final String TABLES =
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
        chain prerouting {
          type filter hook prerouting priority -300; policy accept;
          iifname "TAP*" goto machine
        }
        chain machine {
          iifname . ether saddr != @macs drop
          ether type arp iifname . arp saddr ether != @macs drop
          ether type arp iifname . ether saddr . arp saddr ip @cards accept
          ether type ip iifname . ether saddr . ip saddr @cards accept
          drop
        }
      }
      add table ip BRIDGE
      delete table ip BRIDGE
      table ip BRIDGE {
        comment "Caisson"
        chain published {
      PORTS  }
        chain loopback {
          type filter hook prerouting priority raw; policy accept;
          iifname "BRIDGE" ip daddr 127.0.0.0/8 drop
        }
        chain prerouting {
          type nat hook prerouting priority dstnat; policy accept;
          ip daddr != 127.0.0.0/8 fib daddr type local jump published
        }
        chain output {
          type nat hook output priority -100; policy accept;
          fib daddr type local jump published
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
          ip saddr SUBNET oifname != "BRIDGE" masquerade
          ip saddr SUBNET oifname "BRIDGE" ct status dnat masquerade
          ip saddr 127.0.0.0/8 oifname "BRIDGE" masquerade
        }
      }
      """;

  /** Takes both tables away, if they are there. */
  static String absent(String bridge) {
    return "add table bridge %1$s\ndelete table bridge %1$s\nadd table ip %1$s\ndelete table ip %1$s\n"
        .formatted(bridge);
  }

  String text() {
    return TABLES
        .replace(
            "CARDS",
            elements(endpoint ->
                "\"%s\" . %s . %s"
                    .formatted(endpoint.tap(), endpoint.address().mac(), endpoint.address())))
        .replace(
            "MACS",
            elements(endpoint -> "\"%s\" . %s".formatted(endpoint.tap(), endpoint.address().mac())))
        .replace("PORTS", ports())
        .replace("BRIDGE", bridge)
        .replace("SUBNET", subnet.toString())
        .replace("TAP", taps.prefix());
  }

  private List<Endpoint> sorted() {
    return endpoints.stream().sorted(Comparator.comparing(Endpoint::tap)).toList();
  }

  /** An element for each endpoint; a set without any is declared without the word. */
  private String elements(java.util.function.Function<Endpoint, String> element) {
    var all = sorted().stream().map(element).collect(Collectors.joining(",\n      "));
    return all.isEmpty() ? "" : "    elements = {\n      " + all + "\n    }\n";
  }

  private String ports() {
    var text = new StringBuilder();
    for (var endpoint : sorted()) {
      endpoint
          .ports()
          .forEach(port -> text.append("    ").append(rule(endpoint, port)).append('\n'));
    }
    return text.toString();
  }

  private static String rule(Endpoint endpoint, PublishedPort port) {
    var to =
        port.address().isAnyLocalAddress()
            ? ""
            : "ip daddr " + port.address().getHostAddress() + " ";
    return "%s%s dport %d dnat to %s:%d"
        .formatted(
            to,
            port.port().transport().word(),
            port.hostPort(),
            endpoint.address(),
            port.port().number());
  }
}
