package caisson.engine.vm;

import caisson.engine.NameResolution;
import caisson.vmm.GuestAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host's resolv.conf(5), and what a guest gets of it: search domains and options, and the name
 * servers that are the guest's own. A guest without a network gets the host's servers, as with
 * Docker; those on the host's loopback are left out, because in the guest that is the guest itself.
 * What a container has asked for takes the place of the lines of its kind.
 */
record HostResolver(List<String> lines) {
  private static final Path USUAL = Path.of("/etc/resolv.conf");

  /** What systemd-resolved asks, for which the usual file names it by a loopback address. */
  private static final Path BEHIND_RESOLVED = Path.of("/run/systemd/resolve/resolv.conf");

  /** The host's, with servers that others than the host can ask where there are any. */
  static HostResolver ofHost() {
    var usual = read(USUAL);
    return usual.lines.stream().anyMatch(HostResolver::namesAServerElsewhere)
            || !Files.exists(BEHIND_RESOLVED)
        ? usual
        : read(BEHIND_RESOLVED);
  }

  /** Reads {@code file}; one that is not there is empty. */
  static HostResolver read(Path file) {
    try {
      return new HostResolver(Files.readAllLines(file));
    } catch (IOException e) {
      return new HostResolver(List.of());
    }
  }

  String forGuest(Optional<GuestAddress> address, NameResolution wanted) {
    var own = new ArrayList<String>();
    servers(address, wanted).forEach(server -> own.add("nameserver " + server));
    if (wanted.search().isEmpty()) {
      inherit(own, "search");
      inherit(own, "domain");
    } else if (!wanted.search().equals(List.of("."))) {
      own.add("search " + String.join(" ", wanted.search()));
    }
    if (wanted.options().isEmpty()) {
      inherit(own, "options");
    } else {
      own.add("options " + String.join(" ", wanted.options()));
    }
    return String.join("\n", own) + (own.isEmpty() ? "" : "\n");
  }

  private List<String> servers(Optional<GuestAddress> address, NameResolution wanted) {
    if (!wanted.servers().isEmpty()) {
      return wanted.servers();
    }
    return address
        .map(GuestAddress::nameServers)
        .orElseGet(() ->
            lines.stream()
                .filter(HostResolver::namesAServerElsewhere)
                .map(line -> word(line, 1))
                .toList());
  }

  private void inherit(List<String> own, String keyword) {
    lines.stream().filter(line -> word(line, 0).equals(keyword)).forEach(own::add);
  }

  /** Those that a guest without IPv6 can ask. */
  List<String> ipv4Servers() {
    return lines.stream()
        .filter(HostResolver::namesAServerElsewhere)
        .map(line -> word(line, 1))
        .filter(server -> server.indexOf(':') < 0)
        .toList();
  }

  private static boolean namesAServerElsewhere(String line) {
    var server = word(line, 1);
    return word(line, 0).equals("nameserver")
        && !server.startsWith("127.")
        && !server.equals("::1");
  }

  private static String word(String line, int index) {
    var words = line.strip().split("\\s+", -1);
    return index < words.length ? words[index] : "";
  }
}
