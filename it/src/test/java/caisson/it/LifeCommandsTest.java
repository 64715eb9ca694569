package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is done with containers beside starting and stopping them. */
@ExtendWith(SharedDaemon.class)
class LifeCommandsTest {
  private static final String TICKS = "i=0; while :; do i=$((i+1)); echo $i; sleep 0.2; done";

  private final Cli caisson;

  LifeCommandsTest(Cli caisson) {
    this.caisson = caisson;
  }

  /** Waits until something has happened to a container so often, since its creation. */
  private void awaitEvents(String id, String action, int count) throws IOException {
    var events =
        caisson
            .command(
                "events",
                "--since",
                "24h",
                "--filter",
                "container=" + id,
                "--filter",
                "event=" + action,
                "--format",
                "{{.Action}}")
            .start();
    try (var lines = events.inputReader()) {
      for (int i = 0; i < count; i++) {
        assertThat(lines.readLine()).startsWith(action);
      }
    } finally {
      events.destroyForcibly();
    }
  }

  private String inspect(String id, String format) {
    return caisson.out("inspect", "-f", format, id);
  }

  @Test
  void aContainerIsStartedAgainUntilItIsStopped() throws IOException {
    var id =
        caisson.out(
            "run", "-d", "--restart", "always", TestImage.NAME, "sh", "-c", "echo run; exit 3");
    awaitEvents(id, "start", 3);
    caisson.out("stop", "-t", "0", id);
    assertThat(inspect(id, "{{.State.Status}} {{.State.ExitCode}}")).startsWith("exited ");
    assertThat(Integer.parseInt(inspect(id, "{{.RestartCount}}"))).isGreaterThanOrEqualTo(2);
    assertThat(caisson.out("logs", id).lines()).contains("run").hasSizeGreaterThanOrEqualTo(2);
    caisson.out("rm", id);
  }

  @Test
  void failuresAreTriedAgainSoOften() throws IOException {
    var id =
        caisson.out("run", "-d", "--restart", "on-failure:1", TestImage.NAME, "sh", "-c", "exit 7");
    awaitEvents(id, "die", 2);
    assertThat(caisson.out("wait", id)).isEqualTo("7");
    assertThat(inspect(id, "{{.RestartCount}} {{.State.Status}}")).isEqualTo("1 exited");
    caisson.out("rm", id);
    var refused = caisson.run("run", "--rm", "--restart", "always", TestImage.NAME, "true");
    assertThat(refused.code()).isEqualTo(125);
    assertThat(refused.err()).contains("Conflicting options: --restart and --rm");
  }

  @Test
  void aPausedContainerStandsStillAndItsClockIsRightAfterwards() throws Exception {
    var id = caisson.out("run", "-d", TestImage.NAME, "sh", "-c", TICKS);
    caisson.out("exec", id, "true");
    assertThat(caisson.out("pause", id)).isEqualTo(id);
    assertThat(caisson.out("ps", "--filter", "id=" + id, "--format", "{{.Status}}"))
        .endsWith("(Paused)");
    var before = caisson.out("logs", id);
    assertThat(caisson.run("exec", id, "true").err()).contains("is paused");
    assertThat(caisson.run("top", id).err()).contains("is paused");
    assertThat(caisson.out("stats", "--no-stream", id)).contains(id.substring(0, 12));
    Thread.sleep(3_000);
    assertThat(caisson.out("logs", id)).isEqualTo(before);
    assertThat(caisson.out("unpause", id)).isEqualTo(id);
    long guest = Long.parseLong(caisson.out("exec", id, "date", "+%s"));
    assertThat(System.currentTimeMillis() / 1000 - guest).isBetween(-1L, 2L);
    assertThat(caisson.run("unpause", id).err()).contains("is not paused");
    caisson.out("pause", id);
    assertThat(caisson.out("stop", "-t", "0", id)).isEqualTo(id);
    caisson.out("rm", id);
  }

  @Test
  void aPausedContainerOutlivesItsDaemon() {
    try (var daemon = Daemon.start()) {
      TestImage.load(daemon.cli());
      var id = daemon.cli().out("run", "-d", TestImage.NAME, "sh", "-c", TICKS);
      daemon.cli().out("pause", id);
      daemon.kill();
      daemon.startAgain();
      assertThat(daemon.cli().out("inspect", "-f", "{{.State.Status}}", id)).isEqualTo("paused");
      daemon.cli().out("unpause", id);
      assertThat(daemon.cli().out("exec", id, "echo", "alive")).isEqualTo("alive");
    }
  }

  @Test
  void aRestartPolicyOutlivesItsDaemon() {
    try (var daemon = Daemon.start()) {
      TestImage.load(daemon.cli());
      var always =
          daemon.cli().out("run", "-d", "--restart", "always", TestImage.NAME, "sleep", "600");
      var unless =
          daemon
              .cli()
              .out("run", "-d", "--restart", "unless-stopped", TestImage.NAME, "sleep", "600");
      daemon.cli().out("stop", "-t", "0", always, unless);
      daemon.stop();
      daemon.startAgain();
      assertThat(daemon.cli().out("events", "--since", "24h", "--until", "0.5s")).isNotNull();
      daemon.cli().run("start", always);
      assertThat(daemon.cli().out("ps", "-q", "--no-trunc")).isEqualTo(always);
    }
  }

  @Test
  void aRenamedContainerHasItsNewNameOnly() {
    var id = caisson.out("create", "--name", "before", TestImage.NAME, "true");
    caisson.out("rename", "before", "after");
    assertThat(inspect("after", "{{.Id}}")).isEqualTo(id);
    assertThat(caisson.run("inspect", "before").code()).isEqualTo(1);
    caisson.out("rm", "after");
  }

  @Test
  void topAndStatsShowWhatTheGuestCounts() {
    var id = caisson.out("run", "-d", TestImage.NAME, "sh", "-c", "while :; do :; done");
    assertThat(caisson.out("top", id).lines().toList().getFirst())
        .matches("UID +PID +PPID +C +STIME +TTY +TIME +CMD");
    assertThat(caisson.out("top", id)).contains("root").contains("sh -c while :");
    assertThat(caisson.out("top", id, "-o", "comm")).isEqualTo("COMMAND\nsh");
    var stats =
        caisson.out("stats", "--no-stream", "--format", "{{.CPUPerc}} {{.MemUsage}} {{.PIDs}}", id);
    assertThat(stats).matches("[0-9.]+% [0-9.]+[KM]iB / [0-9.]+GiB 1");
    assertThat(Double.parseDouble(stats.substring(0, stats.indexOf('%')))).isGreaterThan(10);
    caisson.out("rm", "-f", id);
  }

  @Test
  void anUpdateTakesEffectInTheRunningContainer() {
    var id = caisson.out("run", "-d", "-m", "128m", TestImage.NAME, "sleep", "600");
    var file = "/sys/fs/cgroup/memory.max";
    assertThat(caisson.out("exec", id, "cat", file)).isEqualTo("134217728");
    caisson.out("update", "-m", "256m", "--memory-swap", "-1", "--pids-limit", "77", id);
    assertThat(caisson.out("exec", id, "cat", file)).isEqualTo("268435456");
    assertThat(caisson.out("exec", id, "cat", "/sys/fs/cgroup/pids.max")).isEqualTo("77");
    var refused = caisson.run("update", "-m", "4g", "--memory-swap", "-1", id);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("does not fit into the container's running machine");
    assertThat(inspect(id, "{{.HostConfig.Memory}}")).isEqualTo("268435456");
    caisson.out("rm", "-f", id);
  }

  @Test
  void healthChecksRunInTheContainer() throws IOException {
    var id =
        caisson.out(
            "run",
            "-d",
            "--health-cmd",
            "test -e /well",
            "--health-interval",
            "200ms",
            "--health-retries",
            "1",
            TestImage.NAME,
            "sh",
            "-c",
            "touch /well; sleep 600");
    awaitEvents(id, "health_status: healthy", 1);
    assertThat(caisson.out("ps", "--filter", "id=" + id, "--format", "{{.Status}}"))
        .endsWith("(healthy)");
    caisson.out("exec", id, "rm", "/well");
    awaitEvents(id, "health_status: unhealthy", 1);
    assertThat(inspect(id, "{{.State.Health.Status}}")).isEqualTo("unhealthy");
    caisson.out("rm", "-f", id);
  }

  @Test
  void whatStoppedIsPruned() {
    var label = "prune=" + System.nanoTime();
    var stopped = caisson.out("create", "--label", label, TestImage.NAME, "true");
    var running = caisson.out("run", "-d", "--label", label, TestImage.NAME, "sleep", "600");
    assertThat(caisson.out("system", "df")).startsWith("TYPE").contains("Local Volumes");
    var refused = caisson.runReading("n\n", "container", "prune", "--filter", "label=" + label);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(caisson.out("container", "prune", "-f", "--filter", "label=" + label))
        .contains("Deleted Containers:\n" + stopped)
        .contains("Total reclaimed space: ");
    assertThat(caisson.out("ps", "-aq", "--no-trunc", "--filter", "label=" + label))
        .isEqualTo(running);
    caisson.out("rm", "-f", running);
    assertThat(caisson.out("image", "prune", "-f", "--filter", "label=" + label))
        .isEqualTo("Total reclaimed space: 0B");
  }

  @Test
  void bashCompletesCommandsFlagsAndNames() {
    var script =
        caisson.out("completion", "bash")
            + "\nCOMP_WORDS=(caisson container re); COMP_CWORD=2; _caisson; echo ${COMPREPLY[*]}"
            + "\nCOMP_WORDS=(caisson ps --no); COMP_CWORD=2; _caisson; echo ${COMPREPLY[*]}";
    var result = Command.of("bash", "-c", script).run().ok();
    assertThat(result.out().lines()).containsExactly("remove rename restart", "--no-trunc");
  }
}
