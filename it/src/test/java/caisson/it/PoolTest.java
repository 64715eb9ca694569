package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Containers in machines that were ready before anybody asked for them. */
class PoolTest {
  private static final long PATIENCE_SECONDS = 60;

  private static Daemon daemon;
  private static Cli caisson;

  @BeforeAll
  static void start() {
    daemon = Daemon.startConfigured("pool = 2");
    caisson = daemon.cli();
    TestImage.load(caisson);
    daemon.awaitTemplate();
  }

  @AfterAll
  static void close() {
    daemon.close();
  }

  /** Waits until two machines more than {@code containers} run, and all have rehearsed. */
  private static List<String> awaitFull(int containers) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (daemon.machines().size() < containers + 2) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no two machines wait: " + daemon.machines());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return daemon.machines();
  }

  private static String run(String... command) {
    var words = new ArrayList<>(List.of("run", "--rm", "--network", "none"));
    words.add(TestImage.NAME);
    words.addAll(List.of(command));
    return caisson.out(words.toArray(String[]::new));
  }

  @Test
  void seeTheirOwnImageAndNothingOfBefore() throws Exception {
    run("true");
    awaitFull(0);
    var script = "cat /etc/passwd | head -n 1; ls /rehearse 2>&1; hostname | wc -c";
    assertThat(run("sh", "-c", script).lines())
        .containsExactly(
            "root:x:0:0:root:/root:/bin/sh", "ls: /rehearse: No such file or directory", "13");
  }

  @Test
  void drawEveryRandomNumberAnew() throws Exception {
    var seen = new HashSet<String>();
    for (int i = 0; i < 4; i++) {
      awaitFull(0);
      run("identity").lines().forEach(line -> assertThat(seen.add(line)).as(line).isTrue());
    }
    assertThat(seen).hasSize(36);
  }

  @Test
  void takeAMachineThatWaited() throws Exception {
    run("true");
    var waiting = awaitFull(0);
    var id = caisson.out("run", "-d", "--network", "none", TestImage.NAME, "sleep", "1000");
    assertThat(caisson.out("exec", id, "sh", "-c", "echo x >/f && cat /f")).isEqualTo("x");
    var vm = caisson.out("inspect", "--format", "{{.State.Pid}}", id);
    assertThat(waiting).anyMatch(line -> line.startsWith(vm + " "));
    caisson.run("rm", "-f", id).ok();
  }

  @Test
  void startAllTheSameWhenWhatWaitedIsDead() throws Exception {
    run("true");
    for (var line : awaitFull(0)) {
      // One may be the first container's, and gone by now.
      Command.of("kill", "-9", line.split(" ", 2)[0]).run();
    }
    assertThat(run("echo", "alive")).isEqualTo("alive");
  }

  @Test
  void leaveNoMachineWaitingForADaemonThatWasKilled() throws Exception {
    run("true");
    var waiting = awaitFull(0);
    daemon.kill();
    daemon.startAgain();
    assertThat(daemon.machines()).doesNotContainAnyElementsOf(waiting);
    assertThat(run("echo", "again")).isEqualTo("again");
  }
}
