package caisson.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.guest.protocol.LimitsSetup;
import caisson.it.agent.GuestMachine.Running;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to a container that runs in a real guest, and to one that cannot. */
@Timeout(600)
final class ContainerLifeTest {
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;

  private static GuestMachine guest;

  private Running container;

  @BeforeAll
  static void open() throws IOException {
    guest = GuestMachine.open();
  }

  @AfterAll
  static void close() throws IOException {
    guest.close();
  }

  @BeforeEach
  void start() {
    container = guest.start(Setup.script("trap 'exit 3' TERM; sleep 100000 & wait").readOnlyRoot());
  }

  @AfterEach
  void delete() {
    guest.delete(container);
  }

  private String exec(Setup setup) {
    var result = guest.exec(container, setup);
    assertThat(result.stderr()).isEmpty();
    return result.stdout();
  }

  @Test
  void aFurtherProcessIsWhereTheFirstIs() {
    String namespaces =
        "cd /proc/1/ns; for n in *; do echo $n; readlink $n; readlink /proc/self/ns/$n; done";
    var lines = exec(Setup.script(namespaces)).lines().toList();
    for (int i = 0; i < lines.size(); i += 3) {
      assertThat(lines.get(i + 1)).as(lines.get(i)).isEqualTo(lines.get(i + 2));
    }
    assertThat(exec(Setup.script("cat /proc/self/cgroup; hostname"))).isEqualTo("0::/\nbox\n");
  }

  @Test
  void aFurtherProcessIsSetUpWithTheSameCare() {
    String script = "id -un; pwd; echo $HOME; umask; grep -E 'CapEff|NoNew' /proc/self/status";
    var setup = Setup.script(script).user("alice").workingDirectory("/home/alice").umask(077);
    assertThat(exec(setup.noNewPrivileges()))
        .isEqualTo(
            "alice\n/home/alice\n/home/alice\n0077\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\n");
    assertThat(exec(Setup.command("grep", "-E", "Sig(Blk|Ign)", "/proc/self/status")))
        .isEqualTo("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
    assertThat(exec(Setup.script("tty; stty size").terminal()))
        .isEqualTo("/dev/pts/0\r\n33 111\r\n");
  }

  @Test
  void commandsThatCannotRunAreToldApart() {
    refused(ErrorCode.COMMAND_NOT_FOUND, "nope", "executable file not found in $PATH");
    refused(ErrorCode.COMMAND_NOT_FOUND, "/nope", "no such file or directory");
    refused(ErrorCode.COMMAND_NOT_EXECUTABLE, "/etc", "is a directory");
    refused(ErrorCode.COMMAND_NOT_EXECUTABLE, "/etc/passwd", "permission denied");
    refused(ErrorCode.COMMAND_NOT_EXECUTABLE, "text", "exec format error");
    assertThatThrownBy(() -> exec(Setup.command("/usr/bin/secret").user("alice")))
        .hasMessage("exec: \"/usr/bin/secret\": permission denied");
  }

  private void refused(ErrorCode code, String command, String why) {
    assertThatThrownBy(() -> exec(Setup.command(command)))
        .hasMessageContaining(why)
        .asInstanceOf(type(CaissonException.class))
        .extracting(CaissonException::code)
        .isEqualTo(code);
  }

  @Test
  void whatCannotBeSetUpIsSaid() {
    assertThatThrownBy(() -> exec(Setup.script("true").workingDirectory("/none")))
        .hasMessageContaining("/none");
    assertThatThrownBy(() -> exec(Setup.script("true").filter(new byte[8])))
        .hasMessageContaining("seccomp");
    assertThatThrownBy(() -> exec(Setup.script("true").filter(new byte[7])))
        .hasMessageContaining("eight bytes");
    assertThat(exec(Setup.script("echo still here"))).isEqualTo("still here\n");
  }

  @Test
  void argumentsAreLimitedByTheKernel() {
    String longest = "a".repeat((128 << 10) - 1);
    assertThat(exec(Setup.command("sh", "-c", "echo ${#1}", "sh", longest))).isEqualTo("131071\n");
    assertThatThrownBy(() -> exec(Setup.command("echo", longest + "a")))
        .hasMessageContaining("argument list too long");
  }

  @Test
  void limitsChangeWhileItRuns() {
    guest.update(container, new LimitsSetup(64 << 20, -1, 20_000, -1, -1, "", "", 30));
    guest.update(container, new LimitsSetup(-1, -1, -1, 50_000, -1, "", "", -1));
    String limits = "cd /sys/fs/cgroup; cat memory.max cpu.max pids.max";
    assertThat(exec(Setup.script(limits))).isEqualTo("67108864\n20000 50000\n30\n");
    assertThat(guest.usage(container).memoryLimit()).isEqualTo(64 << 20);
    assertThat(guest.usage(container).cpu()).isPositive();
    assertThat(guest.usage(container).pids()).isEqualTo(2);
  }

  @Test
  void wantOfMemoryIsReported() {
    guest.update(container, new LimitsSetup(24 << 20, -1, -1, -1, -1, "", "", -1));
    var result = guest.exec(container, Setup.command("tail", "/dev/zero"));
    assertThat(result.code()).isEqualTo(128 + SIGKILL);
    assertThat(result.outOfMemory()).isTrue();
  }

  @Test
  void aSignalReachesTheFirstProcess() {
    assertThat(exec(Setup.script("true"))).isEmpty();
    guest.signal(container, SIGTERM);
    assertThat(container.output().result().code()).isEqualTo(3);
    assertThatThrownBy(() -> exec(Setup.script("true"))).isInstanceOf(CaissonException.class);
  }

  @Test
  void aContainerWithCgroupsOfItsOwnTakesFurtherProcesses() {
    var own =
        Setup.script(
                "mount -t cgroup2 c /tmp && mkdir /tmp/in && echo 1 > /tmp/in/cgroup.procs"
                    + " && echo +memory > /tmp/cgroup.subtree_control && echo done; sleep 100000")
            .capabilities(-1L >>> 23, 0);
    guest.delete(container);
    container = guest.startAndAwaitOutput(own);
    assertThat(exec(Setup.script("cat /proc/self/cgroup"))).isEqualTo("0::/in\n");
  }

  @Test
  void aMultiplexerThatIsNoneMakesNoTerminal() {
    var hostile =
        Setup.script("umount /dev/pts; ln -s /dev/zero /dev/pts/ptmx; echo; sleep 100000");
    guest.delete(container);
    container = guest.startAndAwaitOutput(hostile.capabilities(-1L >>> 23, 0));
    assertThatThrownBy(() -> exec(Setup.script("tty").terminal()))
        .hasMessageContaining("makes no terminals");
  }

  @Test
  void aBrokenRequestLeavesNothingBehind() {
    var setup = Setup.script("true");
    for (int i = 0; i < 65; i++) {
      setup.file("/etc/f" + i, "");
    }
    assertThatThrownBy(() -> guest.start(setup)).hasMessageContaining("at most 64 files");
    assertThatThrownBy(() -> guest.start(Setup.script("true").mount("/x", "nofs")))
        .hasMessageContaining("cannot mount /x");
    assertThat(exec(Setup.script("ps"))).doesNotContain("init");
  }

  /** A collector that loses an object does so after some hundred of them. */
  @Test
  void manyContainersComeAndGo() {
    guest.delete(container);
    for (int i = 0; i < 200; i++) {
      assertThatThrownBy(() -> guest.run(Setup.command("nope")))
          .hasMessageContaining("executable file not found");
    }
    container = guest.start(Setup.script("sleep 100000"));
  }
}
