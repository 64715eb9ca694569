package caisson.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network namespace of somebody else's, whose interface a machine is to be in place of: what
 * comes in there goes to the machine's tap and the other way round (tc-mirred(8)), and the guest
 * takes the interface's addresses over. The namespace's own programs then hear nothing any more.
 *
 * @param path as in {@code /run/netns/NAME} or {@code /proc/PID/ns/net}
 */
public record GivenNamespace(Path path) {
  private static final Pattern LINK =
      Pattern.compile(
          "^\\d+: ([^:@ ]+)(?:@\\S+)?: <([^>]*)> mtu (\\d+) .*link/ether ([0-9a-f:]{17}) .*$",
          Pattern.MULTILINE);
  private static final Pattern ADDRESS =
      Pattern.compile("inet6? ([0-9a-f.:]+/\\d+) .*scope global");
  private static final Pattern GATEWAY = Pattern.compile("^default via (\\S+) ", Pattern.MULTILINE);
  private static final String OF_THE_LINK = "fe80:";

  /**
   * What an interface of the namespace has, and with it the machine.
   *
   * @param addresses IPv4's and then IPv6's, with the lengths of their prefixes; those of the link
   *     are everybody's own
   * @param gateways IPv4's and then IPv6's; none where there is no default route
   */
  public record Interface(
      String name, String mac, int mtu, List<String> addresses, List<String> gateways) {
    public Interface {
      addresses = List.copyOf(addresses);
      gateways = List.copyOf(gateways);
    }
  }

  /**
   * Leads what comes in at the namespace's interface to {@code tap}, which is in the namespace too,
   * and back.
   *
   * @return the interface; empty if the namespace has none with an address
   */
  public Optional<Interface> redirect(String tap) {
    var found = find(tap);
    found.ifPresent(its -> {
      ip("link", "set", tap, "mtu", Integer.toString(its.mtu()));
      redirect(its.name(), tap);
      redirect(tap, its.name());
    });
    return found;
  }

  private Optional<Interface> find(String tap) {
    var links = LINK.matcher(ip("-o", "link", "show", "up"));
    while (links.find()) {
      var name = links.group(1);
      var addresses = addresses(ip("-o", "address", "show", "dev", name));
      if (!name.equals(tap) && !addresses.isEmpty()) {
        int mtu = Integer.parseInt(links.group(3));
        return Optional.of(new Interface(name, links.group(4), mtu, addresses, gateways(name)));
      }
    }
    return Optional.empty();
  }

  /** What {@code ip -o address} tells of one interface, which begins with IPv4. */
  static List<String> addresses(String text) {
    return ADDRESS.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private List<String> gateways(String name) {
    var all = new ArrayList<String>();
    for (var version : List.of("-4", "-6")) {
      var routes = GATEWAY.matcher(ip(version, "route", "show", "dev", name));
      if (routes.find() && !routes.group(1).startsWith(OF_THE_LINK)) {
        all.add(routes.group(1));
      }
    }
    return all;
  }

  private void redirect(String from, String to) {
    in(HostProgram.TC, "qdisc", "replace", "dev", from, "ingress");
    in(
        HostProgram.TC,
        ("filter replace dev "
                + from
                + " parent ffff: handle 800::1 pref 1 protocol all u32 match"
                + " u32 0 0 action mirred egress redirect dev "
                + to)
            .split(" "));
  }

  private String ip(String... arguments) {
    return in(HostProgram.IP, arguments);
  }

  private String in(HostProgram program, String... arguments) {
    return program.in(path.toString(), arguments);
  }
}
