package caisson.engine.vm;

import caisson.vmm.GuestAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The host's resolv.conf(5), and what a guest gets of it: search domains and options, and the name
 * servers that are the guest's own. A guest without a network gets the host's servers, as with
 * Docker; those on the host's loopback are left out, because in the guest that is the guest itself.
 */
record HostResolver(List<String> lines) {
  private static final List<String> INHERITED = List.of("search", "options", "domain");

  /** Reads {@code file}; one that is not there is empty. */
  static HostResolver read(Path file) {
    try {
      return new HostResolver(Files.readAllLines(file));
    } catch (IOException e) {
      return new HostResolver(List.of());
    }
  }

  String forGuest(Optional<GuestAddress> address) {
    var servers =
        address
            .map(at -> at.nameServers().stream().map(server -> "nameserver " + server))
            .orElseGet(() -> lines.stream().filter(HostResolver::namesAServerElsewhere));
    var inherited = lines.stream().filter(line -> INHERITED.contains(word(line, 0)));
    return Stream.concat(servers, inherited).map(line -> line + "\n").collect(Collectors.joining());
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
