package caisson.daemon;

import caisson.api.docker.Host;
import caisson.base.ByteSize;
import caisson.linux.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Finds out what {@link Host} tells. */
final class ThisHost {
  private static final String VERSION = "0.1.0";

  private ThisHost() {}

  /** What there is to say of this host and the daemon on {@code root}. */
  static Host of(Path root) throws IOException {
    return new Host(
        id(root.resolve("id")),
        line("/proc/sys/kernel/hostname"),
        VERSION,
        line("/proc/sys/kernel/osrelease"),
        distribution(),
        "x86_64",
        Runtime.getRuntime().availableProcessors(),
        memory(),
        root);
  }

  private static String id(Path file) throws IOException {
    if (!Files.exists(file)) {
      DurableFiles.write(file, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
    }
    return Files.readString(file);
  }

  private static String line(String file) throws IOException {
    return Files.readString(Path.of(file)).strip();
  }

  private static String distribution() throws IOException {
    var file = Path.of("/etc/os-release");
    if (!Files.exists(file)) {
      return "Linux";
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("PRETTY_NAME="))
        .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
        .findFirst()
        .orElse("Linux");
  }

  private static ByteSize memory() throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo")).stream()
        .filter(line -> line.startsWith("MemTotal:"))
        .map(line -> new ByteSize(Long.parseLong(line.replaceAll("[^0-9]", "")) << 10))
        .findFirst()
        .orElseThrow(() -> new IOException("/proc/meminfo does not say MemTotal"));
  }
}
