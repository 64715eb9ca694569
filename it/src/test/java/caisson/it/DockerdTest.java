package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.testkit.BusyboxImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stock dockerd with caisson-runtime as one of its runtimes: its hooks, networks and shims. */
@Timeout(300)
final class DockerdTest {
  private static final String IMAGE = "box";

  @TempDir Path directory;
  private Daemon daemon;
  private PeerDaemon dockerd;

  @BeforeEach
  void start() throws IOException {
    daemon = Daemon.start();
    var runtime = Bundle.engineRuntime(daemon, directory);
    dockerd =
        PeerDaemon.start(
            directory.resolve("log"),
            command("version"),
            daemon.inNetwork(
                "unshare",
                "--mount",
                "dockerd",
                "--data-root",
                directory + "/data",
                "--exec-root",
                directory + "/exec",
                "--pidfile",
                directory + "/pid",
                "--host",
                "unix://" + directory + "/s",
                "--storage-driver",
                "vfs",
                "--add-runtime",
                "caisson=" + runtime));
    var layer = Files.write(directory.resolve("layer.tar"), BusyboxImage.layer());
    docker("import", layer.toString(), IMAGE).ok();
  }

  @AfterEach
  void end() {
    docker("rm", "--force", "web");
    dockerd.close();
    daemon.close();
    EngineCgroups.removeEmpty("docker");
  }

  private Command command(String... words) {
    var all = new ArrayList<>(List.of("docker", "--host", "unix://" + directory + "/s"));
    all.addAll(List.of(words));
    return daemon.inNetwork(all.toArray(String[]::new)).with("HOME", directory.toString());
  }

  private Result docker(String... words) {
    return command(words).run();
  }

  private Command run(String... words) {
    var all = new ArrayList<>(List.of("run", "--rm", "-i", "--runtime", "caisson", IMAGE));
    all.addAll(List.of(words));
    return command(all.toArray(String[]::new));
  }

  @Test
  void runBehavesAsWithAnyRuntime() {
    assertThat(run("sh", "-c", "uname -r; echo e >&2; exit 5").run())
        .satisfies(it -> assertThat(it.out()).endsWith("-caisson"))
        .satisfies(it -> assertThat(it.err()).isEqualTo("e"))
        .satisfies(it -> assertThat(it.code()).isEqualTo(5));
    assertThat(run("cat").reading("in").run().out()).isEqualTo("in");
    assertThat(run("/nosuch").run().code()).isEqualTo(127);
  }

  /** Docker's hook moves the interface into the monitor's namespace after create. */
  @Test
  void aContainerIsReachedInDockersNetworkAndThroughAPublishedPort() {
    var serve = "mkdir /w; echo page > /w/index.html; exec httpd -f -p 80 -h /w";
    docker(
            "run",
            "-d",
            "--name",
            "web",
            "--runtime",
            "caisson",
            "-p",
            "8080:80",
            IMAGE,
            "sh",
            "-c",
            serve)
        .ok();
    var address = docker("inspect", "-f", "{{.NetworkSettings.IPAddress}}", "web").out().strip();
    var fetch =
        "for i in 1 2 3 4 5 6 7 8 9 10; do wget -qO- http://"
            + address
            + " && exit 0; sleep 0.5; done; exit 1";
    assertThat(run("sh", "-c", fetch).run().ok().out()).isEqualTo("page");
    assertThat(daemon.inNetwork("wget", "-qO-", "http://127.0.0.1:8080").run().ok().out())
        .isEqualTo("page");
  }

  @Test
  void aRunningContainerIsWorkedWith() {
    docker("run", "-d", "--name", "web", "--runtime", "caisson", IMAGE, "sleep", "1000").ok();
    assertThat(docker("exec", "web", "sh", "-c", "echo more > /more; exit 6").code()).isEqualTo(6);
    assertThat(docker("top", "web").ok().out()).contains("caisson-runtime").doesNotContain("irq");
    docker("pause", "web").ok();
    assertThat(docker("inspect", "-f", "{{.State.Status}}", "web").out()).isEqualTo("paused");
    docker("unpause", "web").ok();
    assertThat(docker("diff", "web").out()).contains("A /more");
    assertThat(docker("stats", "--no-stream", "--format", "{{.MemUsage}}", "web").ok().out())
        .contains("MiB");
    docker("kill", "web").ok();
    assertThat(docker("inspect", "-f", "{{.State.ExitCode}}", "web").out()).isEqualTo("137");
    docker("start", "web").ok();
    assertThat(docker("exec", "web", "cat", "/more").out()).isEqualTo("more");
  }
}
