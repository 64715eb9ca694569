package caisson.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/**
 * What the host is to a test that runs nothing on the real one: a network and a mount namespace.
 * Everybody may use /dev/net/tun, as distributions have it, and gets to the installation. A web
 * server listens on the loopback's addresses, and on 10.77.0.9, that of a card.
 */
final class PrivateHost implements AutoCloseable {
  static final String PAGE = "a page of the host";

  /** Takes a directory with pages, the installation, and the directory above that is closed. */
  private static final String SCRIPT =
      """
      set -e
      ip link set lo up
      ip link add card0 type veth peer name card1
      ip addr add 10.77.0.9/24 dev card0
      ip link set card0 up
      ip link set card1 up
      ip route add default via 10.77.0.1
      mount -t tmpfs -o mode=755 devices /dev/net
      mknod -m 666 /dev/net/tun c 10 200
      if [ "$2" ]; then
        mount --bind "$1" "$0"
        mount -t tmpfs -o mode=755 closed "$2"
        mkdir -p "$1"
        mount --move "$0" "$1"
      fi
      busybox httpd -f -p '[::]:8080' -h "$0" &
      trap "kill $!" EXIT
      until busybox nc 127.0.0.1 8080 </dev/null 2>/dev/null; do sleep 0.1; done
      echo ready
      read wait
      """;

  private final Process process;

  private PrivateHost(Process process) {
    this.process = process;
  }

  /**
   * Makes one.
   *
   * @param pages an empty directory, which the web server shows
   */
  static PrivateHost create(Path pages) throws IOException {
    var installation = Installation.file(".");
    Files.writeString(pages.resolve("index.html"), PAGE + "\n");
    var arguments = List.of(pages.toString(), installation.toString(), closedAbove(installation));
    var words = new ArrayList<>(List.of("unshare", "-n", "-m", "sh", "-c", SCRIPT));
    words.addAll(arguments);
    var process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // Closed with the process.
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"ready".equals(out.readLine())) {
      throw new IOException("the namespaces were not made");
    }
    return new PrivateHost(process);
  }

  /** The directory on the way to {@code path} that not everybody may pass, or nothing. */
  private static String closedAbove(Path path) throws IOException {
    for (int names = 1; names < path.getNameCount(); names++) {
      var above = path.getRoot().resolve(path.subpath(0, names));
      if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return above.toString();
      }
    }
    return "";
  }

  /** The words before a command that is run here. */
  List<String> runs() {
    return List.of("nsenter", "-t", String.valueOf(process.pid()), "-n", "-m");
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
