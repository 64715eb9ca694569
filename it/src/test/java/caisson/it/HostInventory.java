package caisson.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How many of each thing there are on a host that has nothing else to do: processes, network
 * interfaces, mounts, namespaces, files, and the daemon's descriptors. What is named by chance
 * counts under one name.
 */
record HostInventory(Map<String, Integer> counts) {
  private static final Path PROC = Path.of("/proc");
  private static final Pattern CHANCE = Pattern.compile("[0-9a-f.:]*[0-9][0-9a-f.:]*|[0-9a-f]{6,}");

  /** Counts what is there now. */
  static HostInventory of(Daemon daemon) {
    var counts = new TreeMap<String, Integer>();
    processes().forEach(process -> count(counts, "process", name(process)));
    namespaces().forEach(namespace -> count(counts, "namespace", namespace.replaceAll(":.*", "")));
    lines(daemon.inNetwork("ip", "-o", "link"))
        .forEach(line -> count(counts, "interface", line.split(":", 3)[1].strip()));
    lines(daemon.inNetwork("nft", "list", "ruleset"))
        .forEach(line -> count(counts, "rule", line.strip()));
    lines(Command.of("cat", "/proc/self/mountinfo"))
        .forEach(line -> count(counts, "mount", line.split(" ", 6)[4]));
    files(daemon.root()).forEach(file -> count(counts, "file", file));
    files(daemon.run()).forEach(file -> count(counts, "file", file));
    entries(PROC.resolve(daemon.pid() + "/fd"))
        .forEach(descriptor -> count(counts, "descriptor", target(descriptor)));
    return new HostInventory(counts);
  }

  /** What there is more or less of in {@code later}, a line each; empty if nothing. */
  List<String> differences(HostInventory later) {
    var all = new TreeSet<>(counts.keySet());
    all.addAll(later.counts.keySet());
    return all.stream()
        .filter(key -> !Objects.equals(counts.get(key), later.counts.get(key)))
        .map(key ->
            "%s: %d before, %d after"
                .formatted(key, counts.getOrDefault(key, 0), later.counts.getOrDefault(key, 0)))
        .toList();
  }

  private static void count(Map<String, Integer> counts, String kind, String name) {
    counts.merge(kind + " " + CHANCE.matcher(name).replaceAll("*"), 1, Integer::sum);
  }

  private static List<Path> processes() {
    return entries(PROC).stream()
        .filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
        .toList();
  }

  /** The command, and whether it is a zombie (proc(5), stat). */
  private static String name(Path process) {
    try {
      var stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      int end = stat.lastIndexOf(')');
      var command = stat.substring(stat.indexOf('(') + 1, end);
      return stat.startsWith(" Z", end + 1) ? command + ", a zombie" : command;
    } catch (IOException e) {
      return "that has ended";
    }
  }

  private static Set<String> namespaces() {
    var namespaces = new HashSet<String>();
    for (var process : processes()) {
      entries(process.resolve("ns")).forEach(entry -> namespaces.add(target(entry)));
    }
    return namespaces;
  }

  private static List<String> lines(Command command) {
    return command.run().ok().out().lines().toList();
  }

  private static List<String> files(Path directory) {
    try (var files = Files.walk(directory)) {
      return files.map(Path::toString).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(directory + " changes: " + e);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "that is gone";
    }
  }

  private static List<Path> entries(Path directory) {
    try (var entries = Files.list(directory)) {
      return entries.filter(entry -> Files.exists(entry, LinkOption.NOFOLLOW_LINKS)).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // a process that has ended
    }
  }
}
