package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a container does to its machine touches only itself. */
@ExtendWith(SharedDaemon.class)
class IsolationTest {
  private final Cli caisson;
  private String neighbour = "";

  IsolationTest(Cli caisson) {
    this.caisson = caisson;
  }

  @BeforeEach
  void startANeighbour() {
    neighbour = caisson.out("run", "-d", TestImage.NAME, "sleep", "600");
  }

  @AfterEach
  void theNeighbourHasNotNoticed() {
    assertThat(caisson.out("exec", neighbour, "echo", "well")).isEqualTo("well");
    caisson.out("rm", "-f", neighbour);
  }

  @Test
  void theKernelIsAnother() throws IOException {
    var guest = caisson.out("run", "--rm", TestImage.NAME, "cat", "/proc/version");
    assertThat(guest).startsWith("Linux version 6.1.");
    assertThat(guest).isNotEqualTo(Files.readString(Path.of("/proc/version")).strip());
    var boot = caisson.out("run", "--rm", TestImage.NAME, "cat", "/proc/sys/kernel/random/boot_id");
    var here = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    assertThat(boot).isNotEqualTo(here);
  }

  @Test
  void aKernelPanicIsReported() {
    var id =
        caisson.out(
            "run",
            "-d",
            "--privileged",
            TestImage.NAME,
            "sh",
            "-c",
            "mount -o remount,rw /proc/sys 2>/dev/null; echo c >/proc/sysrq-trigger");
    assertThat(caisson.run("wait", id).err()).contains("the guest's kernel panicked");
    assertThat(caisson.out("inspect", id)).contains("\"ExitCode\": 137").contains("panicked");
    caisson.out("rm", id);
  }

  @Test
  void aRebootEndsTheContainerOnly() {
    for (var flag : List.of("--privileged", "--cap-add=SYS_BOOT")) {
      var id = caisson.out("run", "-d", flag, TestImage.NAME, "reboot", "-f");
      var code = caisson.out("wait", id);
      assertThat(Integer.parseInt(code)).isBetween(128, 165);
      caisson.out("rm", id);
    }
    var refused = caisson.run("run", "--rm", TestImage.NAME, "reboot", "-f");
    assertThat(refused.code()).isNotZero();
  }

  @Test
  void aForkBombStaysInItsMachine() {
    var id =
        caisson.out(
            "run",
            "-d",
            "--pids-limit",
            "2000",
            "--privileged",
            TestImage.NAME,
            "sh",
            "-c",
            "bomb() { bomb | bomb & }; bomb; sleep 3; exit 0");
    caisson.out("exec", neighbour, "true");
    caisson.out("rm", "-f", id);
  }

  @Test
  void exhaustedMemoryStaysInItsMachine() {
    var id =
        caisson.out("run", "-d", "--privileged", "-m", "64m", TestImage.NAME, "tail", "/dev/zero");
    assertThat(caisson.out("wait", id)).isEqualTo("137");
    caisson.out("rm", id);
  }

  @Test
  void nothingOfTheHostIsVisible() {
    var out =
        caisson.out(
            "run",
            "--rm",
            "--privileged",
            TestImage.NAME,
            "sh",
            "-c",
            "ls /; echo --; ps -o pid,comm | wc -l; cat /proc/net/dev | grep -c :; ls /sys/block;"
                + " cat /proc/1/comm");
    assertThat(out).doesNotContain("caisson").doesNotContain("work");
    var parts = out.split("--\n", 2)[1].lines().toList();
    assertThat(Integer.parseInt(parts.get(0))).isLessThan(8);
    // The loopback interface and the card that is in use.
    assertThat(parts.get(1)).isEqualTo("2");
  }
}
