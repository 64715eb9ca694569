package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The interfaces and routes of the daemon's network namespace, as proc(5) shows them. */
record HostNetwork(List<String> interfaces, List<Route> routes) {
  private static final Path DEVICES = Path.of("/proc/net/dev");
  private static final Path ROUTES = Path.of("/proc/net/route");
  private static final int MASK_FIELD = 7;
  private static final int HEX = 16;

  /** A route to a network through an interface. */
  record Route(String device, Subnet subnet) {}

  static HostNetwork read() {
    try {
      return parse(Files.readAllLines(DEVICES), Files.readAllLines(ROUTES));
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot read the host's interfaces and routes: " + e, e);
    }
  }

  static HostNetwork parse(List<String> devices, List<String> routes) {
    var interfaces =
        devices.stream()
            .filter(line -> line.indexOf(':') > 0)
            .map(line -> line.substring(0, line.indexOf(':')).strip())
            .toList();
    var all = new ArrayList<Route>();
    for (var line : routes.subList(Math.min(1, routes.size()), routes.size())) {
      var fields = line.split("\\s+", -1);
      if (fields.length > MASK_FIELD) {
        var base = new Ipv4(number(fields[1]));
        all.add(
            new Route(fields[0], new Subnet(base, Integer.bitCount(number(fields[MASK_FIELD])))));
      }
    }
    return new HostNetwork(interfaces, all);
  }

  /**
   * Eight hexadecimal digits of four octets, of which a little-endian host shows the last first.
   */
  private static int number(String digits) {
    return Integer.reverseBytes(Integer.parseUnsignedInt(digits, HEX));
  }

  boolean has(String name) {
    return interfaces.contains(name);
  }

  /** The network that {@code device} leads to. */
  Optional<Subnet> subnet(String device) {
    return routes.stream()
        .filter(route -> route.device().equals(device) && route.subnet().prefix() > 0)
        .map(Route::subnet)
        .findFirst();
  }

  /** Whether something other than {@code device} leads to an address of {@code subnet}. */
  boolean uses(Subnet subnet, String device) {
    return routes.stream()
        .filter(route -> !route.device().equals(device) && route.subnet().prefix() > 0)
        .anyMatch(route -> route.subnet().overlaps(subnet));
  }
}
