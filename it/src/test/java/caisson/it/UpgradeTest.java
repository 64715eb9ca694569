package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon of another build, elsewhere on the host, follows on the same directories. */
final class UpgradeTest {
  private static final String TICKS = "i=0; while true; do echo $i; i=$((i+1)); sleep 0.05; done";

  @TempDir private Path directory;

  private Path otherBuild() {
    var copy = directory.resolve("other-build");
    Installation.copyTo(copy);
    return copy;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void containersGoOn(boolean killed) throws Exception {
    var shared = Files.createDirectory(directory.resolve("shared"));
    try (var daemon = Daemon.start()) {
      var caisson = daemon.cli();
      TestImage.load(caisson);
      var services = new Services(daemon);
      var web = services.web(80, "-p", "8080:80");
      var counting =
          caisson.out(
              "run",
              "-d",
              "-v",
              shared + ":/d",
              "-v",
              "kept:/v",
              TestImage.NAME,
              "sh",
              "-c",
              TICKS);
      var paused = caisson.out("run", "-d", TestImage.NAME, "sleep", "1000");
      var ended = caisson.run("run", TestImage.NAME, "sh", "-c", "echo last words; exit 5");
      assertThat(ended.code()).isEqualTo(5);
      caisson.out("pause", paused);
      services.await("127.0.0.1:8080");
      if (killed) {
        daemon.kill();
      } else {
        daemon.stop();
      }
      daemon.startAgain(otherBuild());
      assertThat(runningFrom(daemon)).startsWith(directory.toString());
      assertThat(caisson.out("ps", "-q", "--no-trunc").lines())
          .containsExactlyInAnyOrder(web, counting, paused);
      assertThat(services.get("127.0.0.1:8080").ok().out()).isEqualTo(Services.page(web));
      assertThat(caisson.out("exec", counting, "sh", "-c", "echo x > /d/f; echo y > /v/f; id -u"))
          .isEqualTo("0");
      assertThat(shared.resolve("f")).hasContent("x");
      assertCounts(caisson, counting);
      assertThat(caisson.out("ps", "-a", "--filter", "exited=5", "--format", "{{.Status}}"))
          .startsWith("Exited (5)");
      caisson.out("unpause", paused);
      assertThat(caisson.out("exec", paused, "echo", "awake")).isEqualTo("awake");
      assertThat(caisson.out("run", "--rm", "-v", "kept:/v", TestImage.NAME, "cat", "/v/f"))
          .isEqualTo("y");
      services.remove(web);
      caisson.out("restart", "-t", "0", counting);
      assertThat(caisson.out("exec", counting, "cat", "/d/f")).isEqualTo("x");
      caisson.out("rm", "-f", counting);
      caisson.out("volume", "rm", "kept");
    }
  }

  /** Templates are of what was built; the other build's are its own. */
  @Test
  void machinesOfBothBuildsGoOnSideBySide() {
    try (var daemon = Daemon.startConfigured("pool = 1")) {
      TestImage.load(daemon.cli());
      daemon.awaitTemplate();
      var before = daemon.cli().out("run", "-d", TestImage.NAME, "sleep", "1000");
      daemon.kill();
      daemon.startAgain(otherBuild());
      var after = daemon.cli().out("run", "-d", TestImage.NAME, "sleep", "1000");
      for (var id : new String[] {before, after}) {
        assertThat(daemon.cli().out("exec", id, "echo", "here")).isEqualTo("here");
        daemon.cli().out("rm", "-f", id);
      }
    }
  }

  private static String runningFrom(Daemon daemon) throws IOException {
    return Files.readString(Path.of("/proc/" + daemon.pid() + "/cmdline"))
        .replaceFirst("(?s).*-Dcaisson.install=", "")
        .replaceFirst("(?s)\0.*", "");
  }

  private static void assertCounts(Cli caisson, String id) {
    var lines = caisson.out("logs", id).lines().toList();
    assertThat(lines).hasSizeGreaterThan(5);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i)).isEqualTo(Integer.toString(i));
    }
  }
}
