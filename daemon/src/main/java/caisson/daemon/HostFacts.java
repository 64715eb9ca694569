package caisson.daemon;

import caisson.api.docker.Host;
import caisson.base.ByteSize;
import caisson.linux.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;

/** Finds out what the daemon says about the machine it runs on (proc(5), os-release(5)). */
final class HostFacts {
  /** QEMU's microvm is an x86-64, and so is every host. */
  private static final String ARCHITECTURE = "x86_64";

  private HostFacts() {}

  static Host read(Path root) throws IOException {
    return new Host(
        id(root.resolve("id")),
        firstLine(Path.of("/proc/sys/kernel/hostname")),
        version(),
        firstLine(Path.of("/proc/sys/kernel/osrelease")),
        operatingSystem(Path.of("/etc/os-release")),
        ARCHITECTURE,
        Runtime.getRuntime().availableProcessors(),
        memory(Path.of("/proc/meminfo")),
        root);
  }

  /** Made once for each root. */
  private static String id(Path file) throws IOException {
    if (!Files.exists(file)) {
      DurableFiles.write(file, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
    }
    return Files.readString(file).strip();
  }

  private static String firstLine(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  static String operatingSystem(Path file) throws IOException {
    var key = "PRETTY_NAME=";
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()).replace("\"", ""))
          .findFirst()
          .orElse("Linux");
    }
  }

  static ByteSize memory(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("MemTotal:"))
          .map(line -> ByteSize.ofKib(Long.parseLong(line.replaceAll("\\D", ""))))
          .findFirst()
          .orElse(new ByteSize(0));
    }
  }

  private static String version() throws IOException {
    try (var resource = HostFacts.class.getResourceAsStream("version")) {
      var text = Objects.requireNonNull(resource, "the build puts it there").readAllBytes();
      return new String(text, StandardCharsets.UTF_8).strip();
    }
  }
}
