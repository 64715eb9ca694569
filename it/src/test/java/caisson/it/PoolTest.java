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

  /** The machines there are, containers' and waiting ones, a process each. */
  private static List<String> machines() {
    return daemon.machines().stream().filter(each -> each.contains("qemu-system")).toList();
  }

  private static long end() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
  }

  /** Waits until there are machines that no container has: there is none now. */
  private static List<String> awaitFull() throws InterruptedException {
    long end = end();
    while (machines().size() < 2) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no two machines wait: " + machines());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return machines();
  }

  private static String run(String... command) {
    var words = new ArrayList<>(List.of("run", "--rm", TestImage.NAME));
    words.addAll(List.of(command));
    return caisson.out(words.toArray(String[]::new));
  }

  @Test
  void seeTheirOwnImageAndNothingOfBefore() throws Exception {
    run("true");
    awaitFull();
    var script = "cat /etc/passwd | head -n 1; ls /rehearse 2>&1; hostname | wc -c";
    assertThat(run("sh", "-c", script).lines())
        .containsExactly(
            "root:x:0:0:root:/root:/bin/sh", "ls: /rehearse: No such file or directory", "13");
  }

  @Test
  void drawEveryRandomNumberAnew() throws Exception {
    var seen = new HashSet<String>();
    for (int i = 0; i < 4; i++) {
      awaitFull();
      run("identity").lines().forEach(line -> assertThat(seen.add(line)).as(line).isTrue());
    }
    assertThat(seen).hasSize(48);
  }

  /** A machine that is there may still rehearse: then the container gets another one. */
  @Test
  void takeAMachineThatWaited() throws Exception {
    long end = end();
    boolean taken = false;
    while (!taken) {
      assertThat(System.nanoTime()).as("no container got a machine that waited").isLessThan(end);
      var waiting = awaitFull();
      var id = caisson.out("run", "-d", TestImage.NAME, "sleep", "1000");
      try {
        assertThat(caisson.out("exec", id, "sh", "-c", "echo x >/f && cat /f")).isEqualTo("x");
        var pid = caisson.out("inspect", "--format", "{{.State.Pid}}", id);
        taken = waiting.stream().anyMatch(line -> line.startsWith(pid + " "));
      } finally {
        caisson.run("rm", "-f", id).ok();
      }
    }
  }

  @Test
  void areReachedByTheirAddressesAndPorts() throws Exception {
    run("true");
    awaitFull();
    var services = new Services(daemon);
    var id = services.web(80, "-p", "8080:80");
    assertThat(services.await("127.0.0.1:8080")).isEqualTo(Services.page(id));
    assertThat(services.await(services.address(id))).isEqualTo(Services.page(id));
    services.remove(id);
    assertThat(services.get("127.0.0.1:8080").code()).isNotZero();
  }

  @Test
  void startAllTheSameWhenWhatWaitedIsDead() throws Exception {
    run("true");
    for (var line : awaitFull()) {
      // One may be the first container's, and gone by now.
      Command.of("kill", "-9", line.split(" ", 2)[0]).run();
    }
    assertThat(run("echo", "alive")).isEqualTo("alive");
  }

  @Test
  void leaveNoMachineWaitingForADaemonThatWasKilled() throws Exception {
    run("true");
    var waiting = awaitFull();
    daemon.kill();
    daemon.startAgain();
    assertThat(daemon.machines()).doesNotContainAnyElementsOf(waiting);
    assertThat(run("echo", "again")).isEqualTo("again");
  }
}
