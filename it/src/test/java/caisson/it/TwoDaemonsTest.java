package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second daemon on the first one's directories ends, and the first one's containers do not. */
@ExtendWith(SharedDaemon.class)
class TwoDaemonsTest {
  private final Daemon daemon;
  private final Cli caisson;

  TwoDaemonsTest(Daemon daemon, Cli caisson) {
    this.daemon = daemon;
    this.caisson = caisson;
  }

  private Result second(Path root, Path run) {
    return daemon
        .inNetwork(
            Installation.file("bin/caissond").toString(),
            "--root",
            root.toString(),
            "--run",
            run.toString(),
            "--socket",
            run.resolve("other").toString())
        .run();
  }

  @Test
  void shareNeitherTemplatesNorMachines() {
    var id = caisson.out("run", "-d", TestImage.NAME, "sleep", "1000");
    var elsewhere = daemon.root().resolveSibling("elsewhere");
    var sameRoot = second(daemon.root(), elsewhere);
    assertThat(sameRoot.code()).isNotZero();
    assertThat(sameRoot.err())
        .contains("process " + daemon.pid(), "works on " + daemon.root(), "use --root");
    var sameRun = second(elsewhere, daemon.run());
    assertThat(sameRun.code()).isNotZero();
    assertThat(sameRun.err()).contains("works on " + daemon.run(), "use --run");
    assertThat(caisson.out("exec", id, "echo", "alive")).isEqualTo("alive");
    assertThat(caisson.out("system", "leaks")).isEmpty();
    caisson.run("rm", "-f", id).ok();
  }
}
