package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.it.CriClient.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pods as a kubelet asks stock containerd for them: each in one machine. */
@Timeout(300)
final class KubernetesPodTest {
  private static final String FOREVER =
      "echo of-$0; trap 'exit 3' TERM; while true; do sleep 0.1; done";

  @TempDir Path directory;
  private Daemon daemon;
  private Containerd containerd;
  private CriClient cri;

  @BeforeEach
  void start() throws IOException {
    daemon = Daemon.start();
    var runtime = Bundle.engineRuntime(daemon, directory);
    containerd = Containerd.ofKubernetes(daemon, directory, runtime);
    cri = new CriClient(containerd.socket());
  }

  @AfterEach
  void end() {
    cri.close();
    containerd.close();
    daemon.close();
  }

  @Test
  void twoContainersLiveInAPodWithoutEachOther() throws IOException {
    var pod = CriClient.pod("web", directory.resolve("logs"), Processes.APART);
    var sandbox = cri.runPod(pod);
    var first = cri.run(sandbox, pod, Processes.APART, "first", "sh", "-c", FOREVER, "first");
    var second = cri.run(sandbox, pod, Processes.APART, "second", "sh", "-c", FOREVER, "second");
    assertThat(daemon.machines()).hasSize(1);

    assertThat(cri.exec(first, "uname -r; hostname; exit 4"))
        .satisfies(it -> assertThat(it.out()).matches("(?s).*-caisson\nweb"))
        .satisfies(it -> assertThat(it.code()).isEqualTo(4));
    cri.exec(first, "echo hello | nc -l -p 8080 > /dev/null 2>&1 &");
    assertThat(cri.exec(second, "until nc 127.0.0.1 8080 < /dev/null; do sleep 0.1; done").out())
        .isEqualTo("hello");
    var address = cri.exec(second, "ip -4 -o address show eth0").out();
    assertThat(address).contains("inet 10.77.0.");
    assertThat(cri.exec(first, "ip -4 -o address show eth0").out()).isEqualTo(address);
    assertThat(cri.exec(second, "ps -o args").out()).contains("second").doesNotContain("first");
    cri.exec(first, "echo there > /dev/shm/file");
    assertThat(cri.exec(second, "cat /dev/shm/file").out()).isEqualTo("there");
    assertThat(directory.resolve("logs/first.log")).content().contains(" stdout F of-first\n");

    cri.stop(first, 10);
    assertThat(cri.exitCode(first)).isEqualTo(3);
    cri.remove(first);
    var again = cri.run(sandbox, pod, Processes.APART, "again", "sh", "-c", FOREVER, "again");
    assertThat(cri.exec(again, "hostname").out()).isEqualTo("web");
    assertThat(cri.exitCode(second)).isEqualTo(-1);
    assertThat(daemon.machines()).hasSize(1);

    cri.stopPod(sandbox);
    cri.removePod(sandbox);
    assertThat(daemon.machines()).isEmpty();
    assertThat(Files.readString(directory.resolve("logs/second.log"))).contains("of-second");
  }

  @Test
  void aPodIsReachedAtItsAddressAndSharesProcessesIfItIsToldTo() {
    var pod = CriClient.pod("one", directory.resolve("logs"), Processes.SHARED);
    var sandbox = cri.runPod(pod);
    var server =
        cri.run(
            sandbox,
            pod,
            Processes.SHARED,
            "server",
            "sh",
            "-c",
            "while true; do echo hi | nc -l -p 80; done");
    var other = cri.run(sandbox, pod, Processes.SHARED, "other", "sleep", "1000");
    assertThat(cri.exec(other, "ps -o args").out()).contains("/bin/sleep 1000000", "nc -l -p 80");
    var address =
        cri.exec(server, "ip -4 -o address show eth0 | sed 's/.*inet \\([0-9.]*\\).*/\\1/'").out();
    assertThat(daemon.inNetwork("busybox", "nc", address, "80").reading("").run().out())
        .isEqualTo("hi");
    cri.stopPod(sandbox);
    cri.removePod(sandbox);
    assertThat(daemon.machines()).isEmpty();
  }
}
