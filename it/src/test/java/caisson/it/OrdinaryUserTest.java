package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an ordinary user can do, with a daemon of their own: all that root can. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdinaryUserTest {
  private static final String COUNTS =
      "trap 'echo asked to end; exit 3' TERM; echo begun; while :; do sleep 0.1; done";

  /** Asks the web server at an address for its page, and says what came. */
  private static final String ASK =
      "ask() { echo \"$1: $(printf 'GET / HTTP/1.0\\n\\n' | nc -w 5 $1 8080 | tail -n 1).\"; }; ";

  /** Sends what is for the loopback out of the card, past the guest's own. */
  private static final String LOOPBACK_OUTSIDE =
      "echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet; ip link set lo down;"
          + " ip route add 127.0.0.1 via 10.0.2.2; ip -6 addr add fd00::100/64 dev eth0;"
          + " ip -6 route add ::1 via fd00::2 dev eth0; ";

  private final OrdinaryUser user;
  private final Cli caisson;

  OrdinaryUserTest() {
    user = OrdinaryUser.create(true);
    caisson = user.cli();
  }

  @AfterAll
  void nothingIsLeft() {
    user.close();
  }

  private String sh(String script) {
    return caisson.out("run", "--rm", TestImage.NAME, "sh", "-c", script);
  }

  @Test
  void runsCommandsWithTheirOutputInputAndExitCode() {
    var ended =
        caisson.run("run", "--rm", TestImage.NAME, "sh", "-c", "echo out; echo err >&2; exit 7");
    assertThat(ended.out()).isEqualTo("out");
    assertThat(ended.err()).isEqualTo("err");
    assertThat(ended.code()).isEqualTo(7);
    var read = caisson.runReading("one\ntwo\n", "run", "--rm", "-i", TestImage.NAME, "wc", "-l");
    assertThat(read.ok().out()).isEqualTo("2");
    assertThat(sh("id -u; stat -c %u:%g /etc/passwd /home/worker").lines())
        .containsExactly("0", "0:0", "1000:1000");
  }

  @Test
  void keepsContainersAsLongAsTheyAreWanted() {
    var id = caisson.out("run", "-d", TestImage.NAME, "sh", "-c", COUNTS);
    assertThat(caisson.out("exec", id, "echo", "beside")).isEqualTo("beside");
    assertThat(caisson.out("stop", id)).isEqualTo(id);
    assertThat(caisson.out("wait", id)).isEqualTo("3");
    assertThat(caisson.out("logs", id).lines()).containsExactly("begun", "asked to end");
    caisson.out("rm", id);
    assertThat(user.machines()).isEmpty();
    assertThat(caisson.out("ps", "-aq")).isEmpty();
    assertThat(caisson.out("system", "leaks")).isEmpty();
  }

  @Test
  void containersOutliveTheDaemon() {
    var id = caisson.out("run", "-d", TestImage.NAME, "sh", "-c", "echo begun; sleep 600");
    for (Consumer<ProcessHandle> end :
        List.<Consumer<ProcessHandle>>of(ProcessHandle::destroy, ProcessHandle::destroyForcibly)) {
      user.endDaemon(end);
      assertThat(caisson.out("exec", id, "echo", "still here")).isEqualTo("still here");
    }
    assertThat(caisson.out("logs", id)).isEqualTo("begun");
    caisson.out("rm", "-f", id);
    assertThat(caisson.out("system", "leaks")).isEmpty();
  }

  @Test
  void theNetworkLeadsToTheWorldAndNotToTheHostsLoopback() {
    assertThat(user.root("busybox", "sh", "-c", ASK + "ask 127.0.0.1; ask ::1").run().out().lines())
        .containsExactly("127.0.0.1: " + PrivateHost.PAGE + ".", "::1: " + PrivateHost.PAGE + ".");
    assertThat(sh("ip -o addr show eth0; ping -c 1 -W 20 10.0.2.2"))
        .contains("inet 10.0.2.100/24", "1 packets received");
    var script =
        ASK
            + "ask 10.77.0.9; ask 10.0.2.2; "
            + LOOPBACK_OUTSIDE
            + "ask 127.0.0.1; ask ::1; ask fd00::2";
    var asked = caisson.run("run", "--rm", "--privileged", TestImage.NAME, "sh", "-c", script).ok();
    assertThat(asked.out().lines())
        .containsExactly(
            "10.77.0.9: " + PrivateHost.PAGE + ".",
            "10.0.2.2: .",
            "127.0.0.1: .",
            "::1: .",
            "fd00::2: .");
  }

  @Test
  void portsArePublishedAsFarAsTheyAreTheUsers() {
    var serve = "echo page >/index.html; exec httpd -f -p 80 -h /";
    var id = caisson.out("run", "-d", "-p", "9090:80", TestImage.NAME, "sh", "-c", serve);
    var ask = "until busybox wget -qO- http://127.0.0.1:9090/index.html; do sleep 0.2; done";
    assertThat(user.root("timeout", "30", "sh", "-c", ask).run().ok().out()).isEqualTo("page");
    assertThat(caisson.out("port", id)).isEqualTo("80/tcp -> 0.0.0.0:9090");
    var low = caisson.run("run", "--rm", "-p", "80:80", TestImage.NAME, "true");
    assertThat(low.code()).isEqualTo(125);
    assertThat(low.err())
        .contains("port 80 of the host's address 0.0.0.0: Permission denied", "root's");
    caisson.out("rm", "-f", id);
    assertThat(caisson.out("system", "leaks")).isEmpty();
  }

  @Test
  void theMachineIsNobodyInNamespacesOfItsOwn() throws IOException {
    var id = caisson.out("run", "-d", TestImage.NAME, "sleep", "600");
    var qemu = process("qemu-system-x86_64 ");
    var status = Files.readAllLines(qemu.resolve("status"));
    for (var set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
      assertThat(status).contains(set + ":\t0000000000000000");
    }
    assertThat(status).contains("NoNewPrivs:\t1", "Seccomp:\t2");
    assertThat(Files.readString(qemu.resolve("uid_map")).strip().split(" +", -1))
        .containsExactly("65534", String.valueOf(user.uid()), "1");
    var daemon = Path.of("/proc/self");
    var slirp = process("slirp4netns ");
    for (var kind : List.of("user", "mnt", "net", "ipc", "uts", "cgroup", "pid")) {
      assertThat(namespace(qemu, kind)).as(kind).isNotEqualTo(namespace(daemon, kind));
      assertThat(namespace(qemu, kind)).as(kind).isNotEqualTo(namespace(slirp, kind));
    }
    caisson.out("rm", "-f", id);
  }

  private Path process(String name) {
    var found = user.machines().stream().filter(each -> each.contains(" " + name)).toList();
    assertThat(found).hasSize(1);
    return Path.of("/proc", found.getFirst().split(" ", 2)[0]);
  }

  private static String namespace(Path process, String kind) throws IOException {
    return Files.readSymbolicLink(process.resolve("ns").resolve(kind)).toString();
  }

  @Test
  void theDaemonsPlacesAreTheUsersOwn() throws IOException {
    caisson.out("version");
    var root = user.home().resolve(".local/share/caisson");
    var socket = user.runtime().resolve("caisson.sock");
    assertThat(caisson.out("info")).contains("Docker Root Dir: " + root);
    for (var path : List.of(root, socket, user.runtime().resolve("caisson"))) {
      var owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      assertThat(owner).as(path.toString()).isEqualTo(user.uid());
      assertThat(Files.getPosixFilePermissions(path).toString()).doesNotContain("OTHERS", "GROUP");
    }
  }

  @Test
  void aDeviceThatIsRootsOnlyIsNamed() {
    user.root("chmod", "600", "/dev/net/tun").run().ok();
    var refused = caisson.run("run", "--rm", TestImage.NAME, "true");
    user.root("chmod", "666", "/dev/net/tun").run().ok();
    assertThat(refused.code()).isEqualTo(125);
    assertThat(refused.err())
        .contains("/dev/net/tun cannot be opened", "let the daemon's user read and write");
    assertThat(caisson.out("system", "leaks")).isEmpty();
  }

  @Test
  void whoHasNoSubordinateIdsNeedsNone() {
    try (var other = OrdinaryUser.create(false)) {
      var out = other.cli().out("run", "--rm", TestImage.NAME, "sh", "-c", "ping -c 1 10.0.2.2");
      assertThat(out).contains("1 packets received");
    }
  }
}
