package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Machines that go on from a template are machines like any other, and like no other. */
@ExtendWith(SharedDaemon.class)
class CloneTest {
  private static final Duration CLOCKS_DIFFER_AT_MOST = Duration.ofSeconds(30);

  private final Daemon daemon;
  private final Cli caisson;

  CloneTest(Daemon daemon, Cli caisson) {
    this.daemon = daemon;
    this.caisson = caisson;
    daemon.awaitTemplate();
  }

  private <T> List<T> atOnce(Callable<T> task, int times) throws Exception {
    var results = new ArrayList<T>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<T>>();
      for (int i = 0; i < times; i++) {
        futures.add(threads.submit(task));
      }
      for (var future : futures) {
        results.add(future.get());
      }
    }
    return results;
  }

  @Test
  void shareNothingThatIsDrawnAtRandom() throws Exception {
    var lines = new ArrayList<String>();
    for (var out : atOnce(() -> caisson.out("run", "--rm", TestImage.NAME, "identity"), 4)) {
      assertThat(out.lines()).hasSize(12);
      out.lines().forEach(lines::add);
    }
    assertThat(lines).doesNotHaveDuplicates();
  }

  @Test
  void haveNamesOfTheirOwn() throws Exception {
    var names = atOnce(() -> caisson.out("run", "--rm", TestImage.NAME, "hostname"), 2);
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void areGivenWhatMakesThemThemselves() throws Exception {
    var script = "cat /sys/class/net/eth0/address; ip -o -4 address show eth0";
    var own = new ArrayList<String>();
    for (var out :
        atOnce(() -> caisson.out("run", "--rm", TestImage.NAME, "sh", "-c", script), 3)) {
      assertThat(out).containsPattern("inet 172\\.30\\.0\\.[0-9]+/16");
      out.lines().forEach(own::add);
    }
    assertThat(own).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void showNoCardWhereThereIsNoNetwork() {
    assertThat(cards("none")).containsExactly("lo");
    assertThat(cards("bridge")).containsExactly("eth0", "lo");
  }

  private List<String> cards(String network) {
    return caisson
        .out("run", "--rm", "--network", network, TestImage.NAME, "ls", "/sys/class/net")
        .lines()
        .toList();
  }

  @Test
  void knowWhatTimeItIs() {
    var seconds = caisson.out("run", "--rm", TestImage.NAME, "date", "+%s").strip();
    var guest = Instant.ofEpochSecond(Long.parseLong(seconds));
    assertThat(Duration.between(guest, Instant.now()).abs()).isLessThan(CLOCKS_DIFFER_AT_MOST);
  }

  @Test
  void areWhatContainersGet() {
    var id = caisson.out("run", "-d", TestImage.NAME, "sleep", "1000").strip();
    assertThat(daemon.machines())
        .filteredOn(each -> each.contains("qemu-system"))
        .anyMatch(each -> each.contains("share=off"));
    caisson.run("rm", "-f", id).ok();
  }

  @Test
  void goOnWithoutTheDaemonThatHasTheTemplate() {
    var id = caisson.out("run", "-d", TestImage.NAME, "sleep", "1000").strip();
    daemon.kill();
    daemon.startAgain();
    assertThat(caisson.out("exec", id, "echo", "alive")).isEqualTo("alive");
    caisson.run("rm", "-f", id).ok();
  }
}
