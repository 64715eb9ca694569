package caisson.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.LimitsSetup;
import caisson.it.agent.GuestMachine.Result;
import caisson.oci.runtime.DefaultSpec;
import caisson.oci.seccomp.DefaultProfile;
import caisson.oci.seccomp.SeccompCompiler;
import java.io.IOException;
import java.util.HashSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a container finds around it, and what it may do, in a real guest. */
@Timeout(600)
final class ContainerSetupTest {
  private static final int RLIMIT_NOFILE = 7;
  private static final String STATUS = "grep -E '^(Cap|NoNew|Seccomp:)' /proc/self/status";

  private static GuestMachine guest;

  @BeforeAll
  static void open() throws IOException {
    guest = GuestMachine.open();
  }

  @AfterAll
  static void close() throws IOException {
    guest.close();
  }

  private static String output(Setup setup) {
    var result = guest.run(setup);
    assertThat(result.stderr()).isEmpty();
    return result.stdout();
  }

  private static byte[] defaultFilter() {
    var capabilities = new HashSet<>(DefaultSpec.capabilities());
    return SeccompCompiler.compile(DefaultProfile.forCapabilities(capabilities));
  }

  @Test
  void rootHasTheCapabilitiesItIsGivenAndNoOthers() {
    assertThat(output(Setup.script(STATUS)))
        .isEqualTo(
            """
            CapInh:\t0000000000000000
            CapPrm:\t00000000a80425fb
            CapEff:\t00000000a80425fb
            CapBnd:\t00000000a80425fb
            CapAmb:\t0000000000000000
            NoNewPrivs:\t0
            Seccomp:\t0
            """);
  }

  @Test
  void aUserKeepsWhatIsAmbientOnly() {
    assertThat(output(Setup.script(STATUS).user("alice").capabilities(0x401, 0x400)))
        .contains("CapInh:\t0000000000000400", "CapPrm:\t0000000000000400")
        .contains("CapEff:\t0000000000000400", "CapAmb:\t0000000000000400")
        .contains("CapBnd:\t0000000000000401");
    assertThat(output(Setup.script(STATUS).user("alice")))
        .contains("CapPrm:\t0000000000000000", "CapBnd:\t00000000a80425fb");
  }

  @Test
  void aFilterHoldsWithAndWithoutNewPrivileges() {
    String script = STATUS + "; unshare -m true 2>&1; mount -t tmpfs x /tmp 2>&1";
    var filtered = Setup.script(script).filter(defaultFilter());
    assertThat(output(filtered)).contains("Seccomp:\t2", "NoNewPrivs:\t0", "not permitted");
    assertThat(output(filtered.noNewPrivileges()))
        .contains("Seccomp:\t2", "NoNewPrivs:\t1", "not permitted");
    assertThat(output(filtered.user("alice"))).contains("Seccomp:\t2", "NoNewPrivs:\t1");
  }

  @Test
  void usersComeFromTheImageWithTheirGroups() {
    String script = "id -u; id -G; echo $HOME";
    assertThat(output(Setup.script(script))).isEqualTo("0\n0 10\n/root\n");
    assertThat(output(Setup.script(script).user("alice").group(7)))
        .isEqualTo("1000\n1000 7 10 50\n/home/alice\n");
    assertThat(output(Setup.script(script).user("1234:staff"))).isEqualTo("1234\n50\n/\n");
    assertThatThrownBy(() -> guest.run(Setup.script(script).user("eve")))
        .isInstanceOf(CaissonException.class)
        .hasMessage("unable to find user eve: no matching entries in passwd file");
  }

  @Test
  void limitsAndMasksAreSet() {
    var setup =
        Setup.script("ulimit -n; ulimit -Hn; umask; cat /proc/self/oom_score_adj")
            .resourceLimit(RLIMIT_NOFILE, 512, 1024)
            .umask(027)
            .oomScoreAdjust(500);
    assertThat(output(setup)).isEqualTo("512\n1024\n0027\n500\n");
    assertThat(output(Setup.script("umask; cat /proc/self/oom_score_adj"))).isEqualTo("0022\n0\n");
  }

  @Test
  void nothingOfTheAgentsIsOpenOrBlocked() {
    var signals = new String[] {"grep", "-E", "Sig(Blk|Ign)", "/proc/self/status"};
    var none = "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n";
    assertThat(output(Setup.command(signals))).isEqualTo(none);
    assertThat(output(Setup.command(signals).init())).isEqualTo(none);
    assertThat(output(Setup.command(signals).terminal())).isEqualTo(none.replace("\n", "\r\n"));
    // The last is the directory that ls reads.
    assertThat(output(Setup.command("ls", "/proc/self/fd"))).isEqualTo("0\n1\n2\n3\n");
  }

  @Test
  void devicesAndLinksAreThere() {
    String script =
        "cd /dev; stat -c '%n %F %a %t:%T %u:%g' null zero full random urandom tty mine;"
            + " for l in fd stdin stdout stderr ptmx; do readlink $l; done; echo x > full";
    var mine = new ContainerSetup.Device("/dev/mine", 'c', 1, 3, 0640, 5, 6);
    var result = guest.run(Setup.script(script).device(mine));
    assertThat(result.stdout())
        .isEqualTo(
            """
            null character special file 666 1:3 0:0
            zero character special file 666 1:5 0:0
            full character special file 666 1:7 0:0
            random character special file 666 1:8 0:0
            urandom character special file 666 1:9 0:0
            tty character special file 666 5:0 0:0
            mine character special file 640 1:3 5:6
            /proc/self/fd
            /proc/self/fd/0
            /proc/self/fd/1
            /proc/self/fd/2
            pts/ptmx
            """);
    assertThat(result.stderr()).contains("No space left on device");
  }

  @Test
  void mountsHaveTheirOptions() {
    var setup =
        Setup.script("grep -E ' /(a|b|b/x|c) ' /proc/self/mountinfo | cut -d' ' -f5-7")
            .mount("/a", "tmpfs", "noexec", "nosuid", "nodev", "ro")
            .mount("/b", "tmpfs", "shared", "noatime")
            .mount("/b/x", "tmpfs", "size=4k")
            .bind("/proc", "/c", "rbind", "rro", "rslave");
    assertThat(output(setup).replaceAll("shared:\\d+", "shared"))
        .isEqualTo(
            """
            /a ro,nosuid,nodev,noexec,relatime -
            /b rw,noatime shared
            /b/x rw,relatime shared
            /c ro,nosuid,nodev,noexec,relatime -
            """);
  }

  @Test
  void aTmpfsTakesTheModeOfWhatItCovers() {
    var setup =
        Setup.script("stat -c '%n %a' /tmp /root /new /etc")
            .mount("/tmp", "tmpfs")
            .mount("/root", "tmpfs")
            .mount("/new", "tmpfs")
            .mount("/etc", "tmpfs", "mode=711");
    assertThat(output(setup)).isEqualTo("/tmp 1777\n/root 700\n/new 1777\n/etc 711\n");
  }

  @Test
  void aTmpfsBeginsWithWhatItCoversIfItIsTold() {
    var setup =
        Setup.script("ls -A /home; stat -f -c %T /home; touch /home/x")
            .mount("/home", "tmpfs", "tmpcopyup", "ro");
    var result = guest.run(setup);
    assertThat(result.stdout()).isEqualTo("alice\nbob\ntmpfs\n");
    assertThat(result.stderr()).contains("Read-only file system");
  }

  @Test
  void pathsAreMaskedAndReadOnly() {
    String script =
        "cat /proc/keys /proc/timer_list; ls /sys/firmware;"
            + " echo x > /proc/sys/kernel/domainname; echo x > /sys/kernel/profiling";
    var result = guest.run(Setup.script(script));
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr().lines()).hasSize(2).allMatch(l -> l.contains("Read-only"));
  }

  @Test
  void layersHideWhatTheyRemove() {
    assertThat(output(Setup.script("cat /etc/top; ls -A /home/bob; stat -c %a /root /tmp")))
        .isEqualTo("top\n700\n1777\n");
  }

  @Test
  void linksInAnImageLeadNowhereElse() {
    var setup =
        Setup.script("cat /etc/given /run/deep/file; ls /escape/made; stat -c '%a %u' /etc/given")
            .file("/escape/etc/given", "given\n")
            .file("/var/run/deep/file", "deep\n")
            .mount("/escape/../escape/made/here", "tmpfs");
    assertThat(output(setup)).isEqualTo("given\ndeep\nhere\n640 0\n");
  }

  @Test
  void aRootCanBeReadOnly() {
    var setup =
        Setup.script("touch /x; touch /etc/x; touch /tmp/x && echo tmp").mount("/tmp", "tmpfs");
    var result = guest.run(setup.readOnlyRoot());
    assertThat(result.stdout()).isEqualTo("tmp\n");
    assertThat(result.stderr().lines()).hasSize(2).allMatch(l -> l.contains("Read-only"));
  }

  @Test
  void aRootCanBeWithoutADisk() {
    var setup =
        Setup.script("cat /new/file; ls -d /scratch; touch /x")
            .file("/new/file", "made\n")
            .mount("/scratch", "tmpfs")
            .withoutWritableDisk();
    var result = guest.run(setup);
    assertThat(result.stdout()).isEqualTo("made\n/scratch\n");
    assertThat(result.stderr()).contains("Read-only");
  }

  @Test
  void namespacesAreTheContainersOwn() {
    String script = "hostname; cat /proc/sys/kernel/domainname; echo $$; cat /proc/self/cgroup; ps";
    assertThat(output(Setup.script(script)))
        .startsWith("box\nexample\n1\n0::/\n")
        .doesNotContain("init");
  }

  @Test
  void aNetworkOfItsOwnHasALoopback() {
    var lines = output(Setup.script("ip -o link; ping -c1 -W5 127.0.0.1").ownNetwork());
    assertThat(lines).contains("1: lo: <LOOPBACK,UP").doesNotContain("eth0").contains(" 0% packet");
  }

  @Test
  void theRootCanShareItsMounts() {
    String script = "grep ' / / ' /proc/self/mountinfo | cut -d' ' -f7 | tr -d 0-9";
    assertThat(output(Setup.script(script))).isEqualTo("-\n");
    assertThat(output(Setup.script(script).rootPropagation("rshared"))).isEqualTo("shared:\n");
  }

  @Test
  void sysctlsAreWritten() {
    var setup =
        Setup.script("cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/shm_rmid_forced")
            .sysctl("net.ipv4.ip_forward", "1")
            .sysctl("kernel.shm_rmid_forced", "1");
    assertThat(output(setup)).isEqualTo("1\n1\n");
    assertThatThrownBy(() -> guest.run(Setup.script("true").sysctl("kernel.nothing", "1")))
        .hasMessageContaining("/proc/sys/kernel/nothing");
  }

  @Test
  void theWorkingDirectoryIsMade() {
    assertThat(output(Setup.script("pwd; stat -c '%a %u' .").workingDirectory("/var/run/a b")))
        .isEqualTo("/run/a b\n755 0\n");
    assertThat(output(Setup.script("pwd").user("bob").workingDirectory("/home/bob")))
        .isEqualTo("/home/bob\n");
  }

  @Test
  void aTerminalIsTheConsole() {
    String script = "tty; stty size; echo con > /dev/console; stat -c '%u %a' /dev/pts/0";
    assertThat(output(Setup.script(script).terminal().user("alice")))
        .isEqualTo("/dev/pts/0\r\n33 111\r\ncon\r\n1000 620\r\n");
  }

  @Test
  void aUserCanOpenItsStreamsAnew() {
    assertThat(output(Setup.script("echo out > /dev/stdout; echo x > /dev/null").user("alice")))
        .isEqualTo("out\n");
  }

  @Test
  void anInitReapsAndEndsAsTheProgramDoes() {
    String script = "(sleep 0 &); sleep 1; ps -o pid,comm,stat | grep -c Z; kill -9 $$";
    assertThat(guest.run(Setup.script(script).init())).isEqualTo(new Result(137, "0\n", "", false));
    assertThat(guest.run(Setup.script("exit 9").init().user("alice")).code()).isEqualTo(9);
  }

  @Test
  void limitsAreWhereProgramsLookForThem() {
    var limits = new LimitsSetup(64 << 20, -1, 50_000, 100_000, 200, "0", "0", 20);
    String script = "cd /sys/fs/cgroup; cat memory.max cpu.max cpu.weight cpuset.cpus pids.max";
    assertThat(output(Setup.script(script).limits(limits)))
        .isEqualTo("67108864\n50000 100000\n200\n0\n20\n");
  }

  @Test
  void aForkBombMeetsTheLimitOfTasks() {
    var limits = new LimitsSetup(-1, -1, -1, -1, -1, "", "", 10);
    // What the shell does beside the bomb needs no process of its own.
    String wait = "mkfifo /tmp/never; exec 3<>/tmp/never; ";
    String bomb = "f() { f | f & }; f; read -t 1 line <&3; echo over";
    var result = guest.run(Setup.script(wait + bomb).limits(limits));
    assertThat(result.stdout()).isEqualTo("over\n");
    assertThat(result.stderr()).contains("can't fork");
  }

  @Test
  void aContainerCannotLiftItsLimits() {
    var limits = new LimitsSetup(64 << 20, -1, -1, -1, -1, "", "", -1);
    var setup =
        Setup.script("mount -t cgroup2 c /tmp && echo max > /tmp/memory.max; cat /tmp/memory.max")
            .capabilities(-1L >>> 23, 0)
            .limits(limits);
    var result = guest.run(setup);
    assertThat(result.stdout()).isEqualTo("67108864\n");
    assertThat(result.stderr()).contains("not permitted");
  }
}
