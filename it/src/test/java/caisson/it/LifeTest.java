package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Containers from create to rm, and what can be asked about them. */
@ExtendWith(SharedDaemon.class)
class LifeTest {
  private final Cli caisson;

  LifeTest(Cli caisson) {
    this.caisson = caisson;
  }

  private static final String COUNTS =
      "trap 'echo asked to end; exit 3' TERM; echo begun; while :; do sleep 0.1; done";

  @Test
  void createStartStopStartAgain() {
    var id = caisson.out("create", TestImage.NAME, "sh", "-c", COUNTS);
    assertThat(caisson.out("start", id)).isEqualTo(id);
    assertThat(caisson.out("stop", id)).isEqualTo(id);
    assertThat(caisson.out("wait", id)).isEqualTo("3");
    assertThat(caisson.out("start", id)).isEqualTo(id);
    assertThat(caisson.out("kill", id)).isEqualTo(id);
    assertThat(caisson.out("wait", id)).isEqualTo("137");
    assertThat(caisson.out("logs", id).lines()).containsExactly("begun", "asked to end", "begun");
    caisson.out("rm", id);
  }

  @Test
  void whatWasWrittenIsThereAfterARestart() {
    var script = "echo x >>/count; wc -l </count; sleep 300";
    var id = caisson.out("run", "-d", TestImage.NAME, "sh", "-c", script);
    caisson.out("restart", "-t", "0", id);
    caisson.out("rm", "-f", caisson.out("ps", "-q", "--no-trunc", "--filter", "id=" + id));
    var again = caisson.out("create", TestImage.NAME, "sh", "-c", "echo x >>/count; wc -l </count");
    assertThat(caisson.out("start", "-a", again)).isEqualTo("1");
    assertThat(caisson.out("start", "-a", again)).isEqualTo("2");
    caisson.out("rm", again);
  }

  @Test
  void aStopThatIsIgnoredBecomesAKill() {
    var id = caisson.out("run", "-d", TestImage.NAME, "sh", "-c", "trap '' TERM; sleep 300");
    caisson.out("stop", "-t", "1", id);
    assertThat(caisson.out("wait", id)).isEqualTo("137");
    caisson.out("rm", id);
  }

  @Test
  void theStopSignalCanBeChosen() {
    var id =
        caisson.out(
            "run",
            "-d",
            "--stop-signal",
            "USR1",
            TestImage.NAME,
            "sh",
            "-c",
            "trap 'exit 9' USR1; while :; do sleep 0.1; done");
    caisson.out("stop", id);
    assertThat(caisson.out("wait", id)).isEqualTo("9");
    caisson.out("rm", id);
  }

  @Test
  void psListsWhatRunsAndWithAWhatDoesNot() {
    var running = caisson.out("run", "-d", "--name", "runs", TestImage.NAME, "sleep", "300");
    var ended = caisson.out("create", "--name", "made", TestImage.NAME, "true");
    assertThat(caisson.out("ps").lines().toList().getFirst())
        .matches("CONTAINER ID +IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES");
    assertThat(caisson.out("ps")).contains(running.substring(0, 12)).doesNotContain("made");
    assertThat(caisson.out("ps", "-a")).contains(ended.substring(0, 12)).contains("Created");
    caisson.out("rm", "-f", running, ended);
  }

  @Test
  void aRunningContainerIsRemovedByForceOnly() {
    var id = caisson.out("run", "-d", TestImage.NAME, "sleep", "300");
    var refused = caisson.run("rm", id);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("Stop the container before");
    assertThat(caisson.out("rm", "-f", id)).isEqualTo(id);
  }

  @Test
  void execRunsBesideTheFirstProcess() {
    var id = caisson.out("run", "-d", "-e", "A=1", TestImage.NAME, "sleep", "300");
    assertThat(
            caisson.out("exec", "-e", "B=2", id, "sh", "-c", "echo $A$B; ps | grep -c 'sleep 300'"))
        .startsWith("12\n");
    assertThat(caisson.run("exec", id, "sh", "-c", "exit 5").code()).isEqualTo(5);
    assertThat(caisson.run("exec", id, "nothing").code()).isEqualTo(127);
    assertThat(caisson.runReading("in", "exec", "-i", id, "cat").out()).isEqualTo("in");
    assertThat(caisson.out("exec", "-u", "worker", "-w", "/tmp", id, "sh", "-c", "id -un; pwd"))
        .isEqualTo("worker\n/tmp");
    caisson.out("rm", "-f", id);
    assertThat(caisson.run("exec", id, "true").code()).isEqualTo(1);
  }

  @Test
  void logsCanBeFollowedAndCut() {
    var script = "for i in 1 2 3; do echo $i; done; echo e >&2; sleep 1; echo 4";
    var id = caisson.out("run", "-d", TestImage.NAME, "sh", "-c", script);
    assertThat(caisson.out("logs", "-f", id).lines()).containsExactly("1", "2", "3", "4");
    assertThat(caisson.out("logs", "--tail", "1", id)).isEqualTo("4");
    assertThat(caisson.run("logs", id).err()).isEqualTo("e");
    assertThat(caisson.out("logs", "-t", "--tail", "1", id)).matches("[0-9-]+T[0-9:.]+Z 4");
    caisson.out("rm", "-f", id);
  }

  @Test
  void aFloodThatNobodyReadsDelaysNothingElse() throws Exception {
    var id = caisson.out("run", "-d", TestImage.NAME, "sleep", "300");
    var flood = caisson.command("exec", id, "yes").start();
    assertThat(flood.getInputStream().readNBytes(4).length).isEqualTo(4);
    assertThat(caisson.out("exec", id, "echo", "still here")).isEqualTo("still here");
    assertThat(caisson.out("kill", id)).isEqualTo(id);
    flood.destroyForcibly().waitFor();
    caisson.out("rm", "-f", id);
  }

  @Test
  void inspectTellsHowItEnded() {
    var id = caisson.out("create", TestImage.NAME, "sh", "-c", "exit 4");
    caisson.run("start", "-a", id);
    assertThat(caisson.out("inspect", id))
        .contains("\"Status\": \"exited\"")
        .contains("\"ExitCode\": 4")
        .contains("\"Id\": \"" + id + "\"");
    caisson.out("rm", id);
  }
}
