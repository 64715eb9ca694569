package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a container may use. */
@ExtendWith(SharedDaemon.class)
class LimitsTest {
  private final Cli caisson;

  LimitsTest(Cli caisson) {
    this.caisson = caisson;
  }

  @Test
  void theGuestsCgroupHasTheLimits() {
    var out =
        caisson.out(
            "run",
            "--rm",
            "-m",
            "100m",
            "--cpus",
            "0.5",
            "--pids-limit",
            "20",
            TestImage.NAME,
            "sh",
            "-c",
            "cd /sys/fs/cgroup; cat memory.max memory.swap.max cpu.max pids.max");
    assertThat(out.lines()).containsExactly("104857600", "104857600", "50000 100000", "20");
  }

  @Test
  void aContainerWithoutMemoryIsSaidToBe() {
    var id =
        caisson.out(
            "create",
            "-m",
            "32m",
            "--memory-swap",
            "32m",
            TestImage.NAME,
            "sh",
            "-c",
            "dd if=/dev/zero of=/dev/shm/a bs=1M count=60; tail /dev/zero");
    assertThat(caisson.run("start", "-a", id).code()).isEqualTo(137);
    assertThat(caisson.out("inspect", id)).contains("\"OOMKilled\": true");
    caisson.out("rm", id);
  }

  @Test
  void aForkBombEndsAtTheLimit() {
    var result =
        caisson.run(
            "run",
            "--rm",
            "--pids-limit",
            "10",
            TestImage.NAME,
            "sh",
            "-c",
            "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 1 & done; wait");
    assertThat(result.err()).contains("fork").contains("Resource temporarily unavailable");
  }

  @Test
  void resourceLimitsAreTheProcesss() {
    var out =
        caisson.out(
            "run",
            "--rm",
            "--ulimit",
            "nofile=100:200",
            "--ulimit",
            "core=0",
            TestImage.NAME,
            "sh",
            "-c",
            "ulimit -n; ulimit -Hn; ulimit -c");
    assertThat(out.lines()).containsExactly("100", "200", "0");
  }
}
