package caisson.vmm.qemu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A network namespace that stands for the host's: a web server listens on 127.0.0.1, on ::1 and on
 * 10.77.0.9, the address of a card.
 */
final class HostNamespace implements AutoCloseable {
  static final String PAGE = "a page of the host";

  private static final String SCRIPT =
      """
      set -e
      ip link set lo up
      ip link add card0 type veth peer name card1
      ip addr add 10.77.0.9/24 dev card0
      ip link set card0 up
      ip link set card1 up
      ip route add default via 10.77.0.1
      trap 'kill $servers' EXIT
      for address in 127.0.0.1 '[::1]' 10.77.0.9; do
        busybox httpd -f -vv -p "$address:8080" -h "$0" 2>"$0/../visits/$address" &
        servers="$servers $!"
      done
      echo ready
      read wait
      """;

  private final Path directory;
  private final Process process;

  private HostNamespace(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  static HostNamespace create() throws IOException {
    var directory = Files.createTempDirectory("net");
    var pages = Files.createDirectory(directory.resolve("pages"));
    Files.writeString(pages.resolve("index.html"), PAGE + "\n");
    Files.createDirectory(directory.resolve("visits"));
    var process =
        new ProcessBuilder("unshare", "-n", "sh", "-c", SCRIPT, pages.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // Closed with the process.
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"ready".equals(out.readLine())) {
      throw new IOException("the namespace was not made");
    }
    return new HostNamespace(directory, process);
  }

  /** A program that runs {@code launcher} in the namespace. */
  Path launcher(Path launcher) throws IOException {
    var script = directory.resolve("launcher");
    Files.writeString(
        script, "#!/bin/sh\nexec nsenter -t %d -n %s \"$@\"\n".formatted(process.pid(), launcher));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The addresses at which requests have come in. */
  List<String> visited() throws IOException {
    try (var logs = Files.list(directory.resolve("visits"))) {
      return logs.filter(log -> log.toFile().length() > 0)
          .map(log -> log.getFileName().toString())
          .toList();
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
    caisson.linux.DurableFiles.deleteTree(directory);
  }
}
