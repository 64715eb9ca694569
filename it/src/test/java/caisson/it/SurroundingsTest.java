package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a container finds around it: names, groups, kernel settings, devices, limits. */
@ExtendWith(SharedDaemon.class)
final class SurroundingsTest {
  private final Cli caisson;

  SurroundingsTest(Cli caisson) {
    this.caisson = caisson;
  }

  private String shell(String script, String... flags) {
    var words = new ArrayList<>(List.of("run", "--rm"));
    words.addAll(List.of(flags));
    words.addAll(List.of(TestImage.NAME, "sh", "-c", script));
    return caisson.out(words.toArray(String[]::new));
  }

  @Test
  void namesAreResolvedAsWasAskedFor() {
    assertThat(
            shell(
                "cat /etc/resolv.conf; awk '$2==\"db\"' /etc/hosts; cat /etc/hostname; hostname",
                "--dns=9.9.9.9",
                "--dns-search=corp.example",
                "--dns-option=ndots:2",
                "--add-host=db:10.1.2.3",
                "--hostname=web"))
        .isEqualTo(
            "nameserver 9.9.9.9\nsearch corp.example\noptions ndots:2\n10.1.2.3\tdb\nweb\nweb");
    var gateway =
        caisson.run("run", "--rm", "--add-host", "h:host-gateway", TestImage.NAME, "true");
    assertThat(gateway.code()).isEqualTo(125);
    assertThat(gateway.err()).contains("there is no host-gateway");
  }

  @Test
  void groupsKernelSettingsAndSharedMemoryAreAsAskedFor() {
    assertThat(
            shell(
                "id -G; cat /proc/sys/net/core/somaxconn; df -k /dev/shm | awk 'NR==2{print $2}'",
                "--group-add=7",
                "--group-add=staff",
                "--sysctl=net.core.somaxconn=77",
                "--shm-size=16m"))
        .isEqualTo("0 7 50\n77\n16384");
  }

  @Test
  void groupsByNameAreTheImagesForEveryProcess() {
    var id =
        caisson.out("run", "-d", "--group-add=staff", "-u", "5:6", TestImage.NAME, "sleep", "300");
    assertThat(caisson.out("exec", id, "id", "-G")).isEqualTo("6 50");
    assertThat(caisson.out("exec", "-u", "7", id, "id", "-G")).isEqualTo("0 50");
    caisson.out("rm", "-f", id);
    var unknown = caisson.run("run", "--rm", "--group-add=nobodys", TestImage.NAME, "true");
    assertThat(unknown.code()).isEqualTo(125);
    assertThat(unknown.err())
        .contains("unable to find group nobodys: no matching entries in group file");
  }

  @Test
  void anotherPlatformsImageIsNotTakenForTheWantedOne() {
    assertThat(shell("echo yes", "--platform=linux/amd64")).isEqualTo("yes");
    var other =
        caisson.run(
            "run", "--rm", "--pull=never", "--platform=linux/arm64", TestImage.NAME, "true");
    assertThat(other.code()).isEqualTo(125);
    assertThat(other.err())
        .contains("its platform (linux/amd64) does not match the specified platform (linux/arm64)");
    var nonsense = caisson.run("create", "--platform=vax", TestImage.NAME);
    assertThat(nonsense.code()).isEqualTo(1);
    assertThat(nonsense.err()).contains("\"vax\" is not a platform");
  }

  @Test
  void devicesAreTheMachines() {
    assertThat(shell("stat -c '%t:%T' /dev/fuse", "--device=/dev/fuse")).isEqualTo("a:e5");
    var disk = caisson.run("run", "--rm", "--device=/dev/sda", TestImage.NAME, "true");
    assertThat(disk.code()).isEqualTo(125);
    assertThat(disk.err()).contains("/dev/sda is the host's");
  }

  @Test
  void privilegesAreNotGainedWhereThatIsForbidden() {
    assertThat(shell("grep NoNewPrivs /proc/self/status", "--security-opt=no-new-privileges"))
        .isEqualTo("NoNewPrivs:\t1");
    assertThat(shell("grep Seccomp: /proc/self/status", "--security-opt=seccomp=unconfined"))
        .isEqualTo("Seccomp:\t0");
    var label = caisson.run("run", "--security-opt=label=type:x", TestImage.NAME, "true");
    assertThat(label.err()).contains("HostConfig.SecurityOpt label is not supported");
  }
}
