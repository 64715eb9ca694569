package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.testkit.ImageArchives;
import caisson.testkit.Tar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong gets a clear error and leaves nothing behind. */
@ExtendWith(SharedDaemon.class)
class BadInputTest {
  private final Daemon daemon;
  private final Cli caisson;
  private List<String> machines = List.of();
  private String containers = "";

  BadInputTest(Daemon daemon) {
    this.daemon = daemon;
    this.caisson = daemon.cli();
  }

  @BeforeEach
  void look() {
    machines = daemon.machines();
    containers = caisson.out("ps", "-aq");
  }

  @AfterEach
  void nothingIsLeft() {
    daemon.awaitMachines(machines);
    assertThat(caisson.out("ps", "-aq")).isEqualTo(containers);
    assertThat(caisson.out("system", "leaks")).isEmpty();
  }

  private void assertRefused(int code, String reason, String... arguments) {
    var result = caisson.run(arguments);
    assertThat(result.code()).as(result.toString()).isEqualTo(code);
    assertThat(result.err()).contains(reason);
  }

  @Test
  void flagsThatMakeNoSense() {
    assertRefused(125, "--memory", "run", "-m", "much", TestImage.NAME, "true");
    assertRefused(125, "memory", "run", "-m", "1k", TestImage.NAME, "true");
    assertRefused(125, "--cpus", "run", "--cpus", "many", TestImage.NAME, "true");
    assertRefused(125, "unknown flag: --no-such", "run", "--no-such", TestImage.NAME, "true");
    assertRefused(125, "NOTHING", "run", "--cap-add", "NOTHING", TestImage.NAME, "true");
    assertRefused(125, "ulimit", "run", "--ulimit", "nofile", TestImage.NAME, "true");
    assertRefused(125, "host", "run", "--network", "host", TestImage.NAME, "true");
  }

  @Test
  void containersThatDoNotExist() {
    for (var command : List.of("start", "stop", "kill", "rm", "logs", "wait", "inspect")) {
      assertRefused(1, "no-such", command, "no-such");
    }
    assertRefused(1, "No such container: no-such", "exec", "no-such", "true");
  }

  @Test
  void archivesThatAreDamaged(@TempDir Path directory) throws IOException {
    var layer = new Tar().file("file", "content ".repeat(10_000)).end();
    byte[] archive = ImageArchives.docker("damaged:1", "{}", List.of(layer));
    var file = directory.resolve("image.tar");
    var before = caisson.out("images", "-q");
    for (int length : new int[] {0, 511, 1024, archive.length / 2, archive.length - 2048}) {
      Files.write(file, Arrays.copyOf(archive, length));
      assertThat(caisson.run("load", "-i", file.toString()).code())
          .as(length + " bytes")
          .isEqualTo(1);
    }
    byte[] corrupt = archive.clone();
    corrupt[archive.length / 2] ^= 1;
    Files.write(file, corrupt);
    assertThat(caisson.run("load", "-i", file.toString()).code()).isEqualTo(1);
    assertRefused(1, "nowhere", "load", "-i", directory.resolve("nowhere").toString());
    assertThat(caisson.out("images", "-q")).isEqualTo(before);
  }

  @Test
  void twoDaemonsOnOneRoot() {
    var second =
        Command.of(
                Installation.file("bin/caissond").toString(),
                "--root",
                daemon.root().toString(),
                "--run",
                daemon.run() + "2",
                "--socket",
                daemon.socket() + "2")
            .run();
    assertThat(second.code()).isNotZero();
    assertThat(second.err()).contains(daemon.root().toString());
  }

  @Test
  void aSocketThatIsServed(@TempDir Path directory) {
    var second =
        Command.of(
                Installation.file("bin/caissond").toString(),
                "--root",
                directory.resolve("root").toString(),
                "--run",
                directory.resolve("run").toString(),
                "--socket",
                daemon.socket().toString())
            .run();
    assertThat(second.code()).isNotZero();
    assertThat(second.err()).contains(daemon.socket().toString());
  }
}
