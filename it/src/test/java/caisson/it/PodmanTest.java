package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Stock podman, as root, with caisson-runtime as its runtime. */
@Timeout(300)
final class PodmanTest {
  /** No beginning of an image id, which podman would take it for. */
  private static final String NAME = "worker";

  @TempDir Path directory;
  private Daemon daemon;
  private Podman podman;

  @BeforeEach
  void start() throws IOException {
    daemon = Daemon.start();
    podman = Podman.in(directory, daemon, Bundle.engineRuntime(daemon, directory).toString());
  }

  @AfterEach
  void end() {
    podman.close();
    daemon.close();
  }

  private Command command(String... words) {
    return podman.command(words);
  }

  private Result podman(String... words) {
    return podman.run(words);
  }

  private Result run(String... words) {
    var all = new ArrayList<>(List.of("run", "--rm", "-i", "--network", "none", Podman.IMAGE));
    all.addAll(List.of(words));
    return podman(all.toArray(String[]::new));
  }

  @Test
  void runBehavesAsWithAnyRuntime() {
    assertThat(run("sh", "-c", "uname -r; echo e >&2; exit 5"))
        .satisfies(it -> assertThat(it.out()).endsWith("-caisson"))
        .satisfies(it -> assertThat(it.err()).isEqualTo("e"))
        .satisfies(it -> assertThat(it.code()).isEqualTo(5));
    assertThat(
            command("run", "--rm", "-i", "--network", "none", Podman.IMAGE, "cat")
                .reading("in")
                .run()
                .out())
        .isEqualTo("in");
    assertThat(run("/nosuch").code()).isEqualTo(127);
    assertThat(run("/etc/passwd").code()).isEqualTo(126);
  }

  @Test
  void aRunningContainerIsWorkedWith() throws IOException {
    podman(
            "run",
            "-d",
            "--name",
            NAME,
            "--network",
            "none",
            Podman.IMAGE,
            "sh",
            "-c",
            "echo out; trap 'exit 0' TERM; while true; do sleep 0.1; done")
        .ok();
    assertThat(podman("exec", NAME, "sh", "-c", "echo more > /more; exit 6").code()).isEqualTo(6);
    assertThat(podman("logs", NAME).out()).isEqualTo("out");
    var file = Files.writeString(directory.resolve("file"), "content");
    podman("cp", file.toString(), NAME + ":/copied").ok();
    assertThat(podman("exec", NAME, "cat", "/copied").out()).isEqualTo("content");
    podman("pause", NAME).ok();
    podman("unpause", NAME).ok();
    assertThat(podman("diff", NAME).out()).contains("A /more").contains("A /copied");
    podman("stop", NAME).ok();
    assertThat(podman("inspect", "-f", "{{.State.ExitCode}}", NAME).out().strip()).isEqualTo("0");
    podman("start", NAME).ok();
    assertThat(podman("exec", NAME, "cat", "/more").out()).isEqualTo("more");
  }

  /** No file or process of the host is where an engine looks for the container's. */
  @Test
  void whoLooksAtTheContainersProcessSeesNothingOfTheHost() {
    podman("run", "-d", "--name", NAME, "--network", "none", Podman.IMAGE, "sleep", "1000").ok();
    assertThat(podman("top", NAME, "pid").out().lines()).hasSize(2);
    var pid = podman("inspect", "-f", "{{.State.Pid}}", NAME).out().strip();
    assertThat(Command.of("ls", "/proc/" + pid + "/root/").run().ok().out())
        .isEqualTo(podman("exec", NAME, "ls", "/").ok().out());
  }

  @Test
  void aContainerIsInTheNetworkThatPodmanMakes() {
    podman(
            "run",
            "-d",
            "--name",
            "web",
            Podman.IMAGE,
            "sh",
            "-c",
            "mkdir /w; echo page > /w/index.html; exec httpd -f -p 80 -h /w")
        .ok();
    var address = podman("inspect", "-f", "{{.NetworkSettings.IPAddress}}", "web").out().strip();
    var fetched =
        podman(
            "run",
            "--rm",
            Podman.IMAGE,
            "sh",
            "-c",
            "for i in 1 2 3 4 5 6 7 8 9 10; do wget -qO- http://"
                + address
                + " && exit 0; sleep 0.5; done; exit 1");
    assertThat(fetched.out()).as(fetched.toString()).isEqualTo("page");
  }
}
