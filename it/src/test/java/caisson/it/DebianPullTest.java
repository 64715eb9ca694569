package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian, in layers that take from each other, by way of Debian's registry and poor connections.
 */
final class DebianPullTest {
  private static final int SLOW = 5001;
  private static final int CUT = 5002;

  /** One more line for each thing that is not as the layers say. */
  private static final String LOOK =
      """
      cat /etc/issue /etc/debian_version /srv/both
      ls /srv /usr/share/doc
      for gone in /etc/cron.daily /usr/share/bash-completion /srv/second; do
        [ ! -e $gone ] || echo $gone is there
      done
      find / -xdev -name '.wh.*'
      dpkg-query -W -f '${Status}\\n' bash
      perl -e 'print join(",", map { $_ * $_ } 1..4), "\\n"'
      """;

  @TempDir private static Path directory;
  @TempDir private Path home;

  private static Daemon daemon;
  private static DebianRegistry registry;

  @BeforeAll
  static void start() throws IOException {
    DebianRegistry.certify(directory);
    var certificates = DebianRegistry.certificates(directory);
    for (var port : new int[] {SLOW, CUT}) {
      var own = Files.createDirectory(certificates.resolve("localhost:" + port));
      Files.copy(directory.resolve("server.crt"), own.resolve("ca.crt"));
    }
    daemon = Daemon.startConfigured("pool = 0", "certificates = " + certificates);
    registry = DebianRegistry.start(daemon, directory);
    var archive = DebianLayers.archive(Files.createDirectory(directory.resolve("layers")));
    registry.push(archive, "debian:layers");
    registry.push(archive, "debian:zstd", "--format", "oci", "--dest-compress-format", "zstd");
    Files.delete(archive);
  }

  @AfterAll
  static void stop() {
    registry.close();
    daemon.close();
  }

  private Cli loggedIn(int port) {
    var cli = daemon.cli();
    var environment = new HashMap<>(cli.environment());
    environment.put("HOME", home.toString());
    var user = new Cli(cli.program(), environment);
    user.runReading(
            DebianRegistry.PASSWORD,
            "login",
            "-u",
            DebianRegistry.USER,
            "--password-stdin",
            "localhost:" + port)
        .ok();
    return user;
  }

  private static void assertWhole(Cli caisson, String image) {
    var seen = caisson.out("run", "--rm", image, "sh", "-c", LOOK);
    assertThat(seen.lines())
        .containsExactly(
            "back",
            "changed",
            "3",
            "/srv:",
            "both",
            "",
            "/usr/share/doc:",
            "ours",
            "install ok installed",
            "1,4,9,16");
    assertThat(caisson.out("diff", caisson.out("create", image))).isEmpty();
    caisson.out("container", "prune", "-f");
    caisson.out("rmi", image);
  }

  @Test
  void aSlowConnectionBringsItInTheEnd() throws IOException {
    try (var _ = PoorConnection.start(daemon, SLOW, 5000, PoorConnection.Kind.SLOW, 8 << 10)) {
      var caisson = loggedIn(SLOW);
      var image = "localhost:" + SLOW + "/debian:layers";
      assertThat(caisson.out("pull", "-q", image)).isEqualTo(image);
      assertWhole(caisson, image);
    }
  }

  @Test
  void aConnectionThatIsCutAgainAndAgainLosesNothing() throws IOException {
    try (var _ = PoorConnection.start(daemon, CUT, 5000, PoorConnection.Kind.CUT, 24 << 10)) {
      var caisson = loggedIn(CUT);
      var image = "localhost:" + CUT + "/debian:zstd";
      assertThat(caisson.run("pull", image).ok().out()).contains("Retrying in");
      assertWhole(caisson, image);
    }
  }

  @Test
  void aConnectionThatIsOftenCutAtOnceIsAnErrorAndTheNextGoesOn() throws IOException {
    var caisson = loggedIn(5000);
    var image = "localhost:" + CUT + "/debian:layers";
    try (var _ = PoorConnection.start(daemon, CUT, 5000, PoorConnection.Kind.CUT, 0)) {
      var failed = caisson.run("pull", image);
      assertThat(failed.code()).isEqualTo(1);
      assertThat(failed.err()).contains("localhost:" + CUT);
    }
    assertThat(caisson.out("images", "-q")).isEmpty();
    assertThat(caisson.out("system", "leaks")).isEmpty();
    var direct = "localhost:5000/debian:layers";
    caisson.out("pull", "-q", direct);
    assertWhole(caisson, direct);
  }
}
