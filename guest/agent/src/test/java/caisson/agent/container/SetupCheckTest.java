package caisson.agent.container;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.LimitsSetup;
import caisson.guest.protocol.ProcessSetup;
import caisson.libc.Namespaces;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each bound at the limit and past it. */
final class SetupCheckTest {
  private static final int NAMESPACES = Namespaces.CLONE_NEWNS | Namespaces.CLONE_NEWPID;

  private static void accepts(UnaryOperator<ContainerExample> change) {
    assertThatCode(() -> SetupCheck.check(change.apply(new ContainerExample()).build()))
        .doesNotThrowAnyException();
  }

  private static void refuses(UnaryOperator<ContainerExample> change, String why) {
    assertThatThrownBy(() -> SetupCheck.check(change.apply(new ContainerExample()).build()))
        .isInstanceOf(ContainerFailure.class)
        .hasMessageContaining(why);
  }

  @Test
  void boundsNames() {
    accepts(setup -> setup.id("a".repeat(SetupCheck.MAX_ID)));
    refuses(setup -> setup.id("a".repeat(SetupCheck.MAX_ID + 1)), "no container's name");
    accepts(setup -> setup.id("Az0_.-"));
    for (String bad : List.of("", ".", "..", "-a", "a/b", "a\0", "ä")) {
      refuses(setup -> setup.id(bad), "no container's name");
    }
  }

  @Test
  void boundsDisks() {
    accepts(setup -> setup.lowerDisks(nCopies(SetupCheck.MAX_LOWER_DISKS, "a")));
    refuses(setup -> setup.lowerDisks(nCopies(SetupCheck.MAX_LOWER_DISKS + 1, "a")), "layers");
    refuses(setup -> setup.lowerDisks(List.of()), "needs a layer");
    accepts(setup -> setup.lowerDisks(List.of("a".repeat(SetupCheck.MAX_SERIAL))));
    refuses(setup -> setup.lowerDisks(List.of("a".repeat(SetupCheck.MAX_SERIAL + 1))), "serial");
    refuses(setup -> setup.writableDisk("../a"), "serial");
    accepts(setup -> setup.writableDisk(""));
  }

  @Test
  void makesOnlyNamespacesItKnows() {
    accepts(setup -> setup.namespaces(NAMESPACES | Namespaces.CLONE_NEWNET));
    refuses(setup -> setup.namespaces(Namespaces.CLONE_NEWPID), "needs a mount namespace");
    refuses(setup -> setup.namespaces(NAMESPACES | Namespaces.CLONE_NEWUSER), "0x10000000");
    refuses(setup -> setup.namespaces(NAMESPACES | 1), "0x1");
  }

  @Test
  void boundsMounts() {
    var mount = new ContainerSetup.Mount("/a", "tmpfs", "tmpfs", List.of());
    accepts(setup -> setup.mounts(nCopies(SetupCheck.MAX_MOUNTS, mount)));
    refuses(setup -> setup.mounts(nCopies(SetupCheck.MAX_MOUNTS + 1, mount)), "mounts");
    var relative = new ContainerSetup.Mount("a", "tmpfs", "tmpfs", List.of());
    refuses(setup -> setup.mounts(List.of(relative)), "begins with a slash");
    refuses(setup -> setup.rootPropagation("public"), "public");
    accepts(setup -> setup.rootPropagation("rshared"));
  }

  @Test
  void boundsWhereGivenFilesComeFrom() {
    for (String type : List.of(ContainerSetup.Mount.SHARE, ContainerSetup.Mount.DISK)) {
      for (String source : List.of("a".repeat(SetupCheck.MAX_SERIAL), "a/b/../c", "a/")) {
        accepts(setup -> setup.mounts(List.of(mount(type, source))));
      }
      for (String source : List.of("", "/a", "..", "../a", "a".repeat(SetupCheck.MAX_SERIAL + 1))) {
        refuses(setup -> setup.mounts(List.of(mount(type, source))), "no share, disk or memory");
      }
      String longest = "a/" + "b".repeat(SetupCheck.MAX_PATH - 2);
      accepts(setup -> setup.mounts(List.of(mount(type, longest))));
      refuses(setup -> setup.mounts(List.of(mount(type, longest + "b"))), "4095 characters");
    }
  }

  private static ContainerSetup.Mount mount(String type, String source) {
    return new ContainerSetup.Mount("/a", type, source, List.of());
  }

  @Test
  void boundsPaths() {
    String longest = "/" + "a".repeat(SetupCheck.MAX_PATH - 1);
    accepts(setup -> setup.maskedPaths(nCopies(SetupCheck.MAX_SHIELDED_PATHS, longest)));
    refuses(setup -> setup.maskedPaths(List.of(longest + "a")), "at most 4095 bytes");
    refuses(setup -> setup.maskedPaths(nCopies(SetupCheck.MAX_SHIELDED_PATHS + 1, "/a")), "masked");
    refuses(
        setup -> setup.readOnlyPaths(nCopies(SetupCheck.MAX_SHIELDED_PATHS + 1, "/a")),
        "read-only");
    refuses(setup -> setup.readOnlyPaths(List.of("/a\0")), "slash");
  }

  @Test
  void boundsDevices() {
    var device = new ContainerSetup.Device("/dev/a", 'c', 1, 3, 07777, 0, 0);
    accepts(setup -> setup.devices(nCopies(SetupCheck.MAX_DEVICES, device)));
    refuses(setup -> setup.devices(nCopies(SetupCheck.MAX_DEVICES + 1, device)), "devices");
    var unknown = new ContainerSetup.Device("/dev/a", 'd', 1, 3, 0, 0, 0);
    refuses(setup -> setup.devices(List.of(unknown)), "type");
    var negative = new ContainerSetup.Device("/dev/a", 'c', -1, 3, 0, 0, 0);
    refuses(setup -> setup.devices(List.of(negative)), "not negative");
    var wide = new ContainerSetup.Device("/dev/a", 'c', 1, 3, 010000, 0, 0);
    refuses(setup -> setup.devices(List.of(wide)), "twelve bits");
  }

  @Test
  void boundsSysctlsAndFiles() {
    var sysctl = new ContainerSetup.Setting("net.ipv4.ip_forward", "1");
    accepts(setup -> setup.sysctls(nCopies(SetupCheck.MAX_SYSCTLS, sysctl)));
    refuses(setup -> setup.sysctls(nCopies(SetupCheck.MAX_SYSCTLS + 1, sysctl)), "sysctls");
    var traversing = new ContainerSetup.Setting("../../etc/passwd", "1");
    refuses(setup -> setup.sysctls(List.of(traversing)), "no sysctl");
    var file = new ContainerSetup.File("/etc/hosts", new byte[0], 0644);
    accepts(setup -> setup.files(nCopies(SetupCheck.MAX_FILES, file)));
    refuses(setup -> setup.files(nCopies(SetupCheck.MAX_FILES + 1, file)), "files");
    accepts(setup -> setup.groups(nCopies(UserLookup.MAX_GROUPS, "video")));
    refuses(setup -> setup.groups(nCopies(UserLookup.MAX_GROUPS + 1, "video")), "groups");
  }

  @Test
  void boundsHostNames() {
    accepts(setup -> setup.hostName("a".repeat(SetupCheck.MAX_HOST_NAME)));
    refuses(setup -> setup.hostName("a".repeat(SetupCheck.MAX_HOST_NAME + 1)), "at most 64");
    refuses(setup -> setup.hostName("ä".repeat(33)), "at most 64");
  }

  @Test
  void boundsLimits() {
    accepts(setup -> setup.limits(cpus("0-3,7".repeat(200) + "0-30")));
    assertThat(SetupCheck.MAX_CPU_LIST).isEqualTo(1024);
    accepts(setup -> setup.limits(cpus("1".repeat(1024))));
    refuses(setup -> setup.limits(cpus("1".repeat(1025))), "list of CPUs");
    refuses(setup -> setup.limits(cpus("0\n1")), "list of CPUs");
    refuses(setup -> setup.limits(new LimitsSetup(-2, -1, -1, -1, -1, "", "", -1)), "not negative");
    refuses(
        setup -> setup.limits(new LimitsSetup(-1, -1, -1, 0, -1, "", "", -1)), "one microsecond");
  }

  private static LimitsSetup cpus(String cpus) {
    return new LimitsSetup(-1, -1, -1, -1, -1, cpus, "", -1);
  }

  private static void acceptsProcess(UnaryOperator<ProcessExample> change) {
    assertThatCode(() -> ProcessCheck.check(change.apply(new ProcessExample()).build()))
        .doesNotThrowAnyException();
  }

  private static void refusesProcess(UnaryOperator<ProcessExample> change, String why) {
    assertThatThrownBy(() -> ProcessCheck.check(change.apply(new ProcessExample()).build()))
        .isInstanceOf(ContainerFailure.class)
        .hasMessageContaining(why);
  }

  @Test
  void boundsProcesses() {
    var nothing = new ProcessExample().arguments(List.of()).build();
    assertThatCode(() -> ProcessCheck.check(nothing)).doesNotThrowAnyException();
    assertThatThrownBy(() -> ProcessCheck.requireCommand(nothing))
        .isInstanceOf(ContainerFailure.class)
        .hasMessageContaining("needs a command");
    refusesProcess(process -> process.workingDirectory("a"), "slash");
    acceptsProcess(process -> process.user("u".repeat(ProcessCheck.MAX_USER)));
    refusesProcess(process -> process.user("u".repeat(ProcessCheck.MAX_USER + 1)), "characters");
    acceptsProcess(process -> process.groups(nCopies(UserLookup.MAX_GROUPS, 1)));
    refusesProcess(process -> process.groups(nCopies(UserLookup.MAX_GROUPS + 1, 1)), "groups");
    refusesProcess(process -> process.groups(List.of(-1)), "not negative");
    acceptsProcess(process -> process.rows(65535));
    refusesProcess(process -> process.rows(65536), "terminal");
    acceptsProcess(process -> process.umask(0777));
    refusesProcess(process -> process.umask(01000), "umask");
    acceptsProcess(process -> process.oomScoreAdjust(-1000));
    refusesProcess(process -> process.oomScoreAdjust(-1001), "OOM score");
    refusesProcess(process -> process.oomScoreAdjust(1001), "OOM score");
  }

  @Test
  void boundsFilters() {
    acceptsProcess(process -> process.seccomp(new byte[8 * ProcessCheck.MAX_INSTRUCTIONS]));
    refusesProcess(
        process -> process.seccomp(new byte[8 * ProcessCheck.MAX_INSTRUCTIONS + 8]), "4096");
    refusesProcess(process -> process.seccomp(new byte[7]), "eight bytes");
  }

  @Test
  void boundsResourceLimits() {
    var limit = new ProcessSetup.ResourceLimit(15, 1, -1);
    acceptsProcess(process -> process.limits(nCopies(ProcessCheck.MAX_LIMITS, limit)));
    refusesProcess(
        process -> process.limits(nCopies(ProcessCheck.MAX_LIMITS + 1, limit)), "resource limits");
    refusesProcess(
        process -> process.limits(List.of(new ProcessSetup.ResourceLimit(16, 1, 1))), "limit 16");
    refusesProcess(
        process -> process.limits(List.of(new ProcessSetup.ResourceLimit(1, -1, 1))), "soft");
  }

  @Test
  void refusesCapabilitiesThatTheKernelWould() {
    acceptsProcess(process -> process.capabilities(-1, 3, 3, 2, 2));
    refusesProcess(process -> process.capabilities(-1, 4, 3, 0, 0), "effective");
    refusesProcess(process -> process.capabilities(-1, 3, 3, 1, 2), "ambient");
    refusesProcess(process -> process.capabilities(-1, 0, 0, 2, 2), "ambient");
  }
}
