package caisson.api.docker.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.api.wire.CreateContainer;
import caisson.api.wire.HostConfig;
import caisson.api.wire.WireJson;
import caisson.base.CaissonException;
import caisson.engine.NameResolution;
import caisson.oci.runtime.DefaultSpec;
import caisson.oci.runtime.DeviceSpec;
import caisson.oci.runtime.LinuxCapability;
import caisson.oci.runtime.LinuxSpec;
import caisson.oci.runtime.MountSpec;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.Spec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContainerSpecTest {
  private static final int CPUS = 2;

  private static Spec spec(String fields) {
    var json = "{\"Image\":\"a\",\"Hostname\":\"h\",\"Cmd\":[\"c\"]," + fields + "}";
    var request = WireJson.read(json.getBytes(UTF_8), CreateContainer.class);
    return new ContainerSpec(request.config(), request.hostConfig(), List.of(), CPUS).spec();
  }

  private static Spec host(String fields) {
    return spec("\"HostConfig\":{" + fields + "}");
  }

  private static ProcessSpec process(Spec spec) {
    return spec.process().orElseThrow();
  }

  private static List<String> capabilities(String fields) {
    return process(host(fields)).capabilities().orElseThrow().bounding();
  }

  private static MountSpec mount(Spec spec, String path) {
    return spec.mounts().stream()
        .filter(mount -> mount.destination().equals(path))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void givesEveryContainerDockersDefaults() {
    var spec = spec("\"Tty\":false");
    assertThat(spec.hostname()).contains("h");
    assertThat(process(spec).cwd()).isEqualTo("/");
    assertThat(process(spec).env())
        .containsExactly(
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME=h");
    assertThat(process(spec).user().username()).contains("");
    assertThat(process(spec).noNewPrivileges()).isFalse();
    assertThat(process(spec).capabilities().orElseThrow().bounding())
        .containsExactlyInAnyOrderElementsOf(DefaultSpec.capabilities());
    assertThat(spec.mounts()).isEqualTo(DefaultSpec.mounts());
    var linux = spec.linux().orElseThrow();
    assertThat(linux.seccomp()).isPresent();
    assertThat(linux.maskedPaths()).isEqualTo(DefaultSpec.maskedPaths());
    assertThat(linux.readonlyPaths()).isEqualTo(DefaultSpec.readonlyPaths());
    assertThat(linux.resources().orElseThrow().memory()).isEmpty();
    assertThat(linux.resources().orElseThrow().pids()).isEmpty();
  }

  @Test
  void putsTheCommandBehindTheEntrypoint() {
    var spec =
        spec(
            "\"Entrypoint\":[\"e\",\"f\"],\"Tty\":true,\"User\":\"web:7\",\"WorkingDir\":\"/w\","
                + "\"Env\":[\"A=1\",\"PATH=/bin\"]");
    assertThat(process(spec).args()).containsExactly("e", "f", "c");
    assertThat(process(spec).env()).containsExactly("PATH=/bin", "HOSTNAME=h", "TERM=xterm", "A=1");
    assertThat(process(spec).user().username()).contains("web:7");
    assertThat(process(spec).cwd()).isEqualTo("/w");
    assertThat(process(spec).terminal()).isTrue();
  }

  @Test
  void addsAndDropsCapabilities() {
    assertThat(capabilities("\"CapAdd\":[\"net_admin\"],\"CapDrop\":[\"CAP_CHOWN\"]"))
        .contains("CAP_NET_ADMIN", "CAP_KILL")
        .doesNotContain("CAP_CHOWN");
    assertThat(capabilities("\"CapAdd\":[\"KILL\"],\"CapDrop\":[\"ALL\"]"))
        .containsExactly("CAP_KILL");
    assertThat(capabilities("\"CapAdd\":[\"all\"],\"CapDrop\":[\"SYS_ADMIN\"]"))
        .hasSize(LinuxCapability.all().size() - 1)
        .doesNotContain("CAP_SYS_ADMIN");
    assertThat(capabilities("\"Privileged\":true")).isEqualTo(LinuxCapability.all());
  }

  @Test
  void opensEverythingInsideTheMachineOfAPrivilegedContainer() {
    var spec = host("\"Privileged\":true");
    var linux = spec.linux().orElseThrow();
    assertThat(linux.seccomp()).isEmpty();
    assertThat(linux.maskedPaths()).isEmpty();
    assertThat(linux.readonlyPaths()).isEmpty();
    assertThat(mount(spec, "/dev").type()).contains("devtmpfs");
    assertThat(mount(spec, "/sys").options()).doesNotContain("ro");
    assertThat(mount(spec, "/sys/fs/cgroup").options()).doesNotContain("ro");
  }

  @Test
  void mountsTmpfsWithDockersDefaultsUnderTheOptionsAskedFor() {
    var spec =
        host(
            "\"Tmpfs\":{\"/t/b\":\"\",\"/t\":\"size=1m,exec\",\"/dev/shm\":\"\"},"
                + "\"ReadonlyRootfs\":true,\"ShmSize\":1024");
    assertThat(mount(spec, "/t").options()).containsExactly("nosuid", "nodev", "size=1m", "exec");
    assertThat(mount(spec, "/t/b").options()).containsExactly("noexec", "nosuid", "nodev");
    assertThat(spec.mounts().stream().map(MountSpec::destination))
        .containsOnlyOnce("/dev/shm")
        .containsSubsequence("/proc", "/dev", "/dev/shm", "/t", "/t/b");
    assertThat(spec.root().orElseThrow().readonly()).isTrue();
    assertThat(mount(host("\"ShmSize\":1024"), "/dev/shm").options()).contains("size=1024");
  }

  @Test
  void translatesLimits() {
    var spec =
        host(
            "\"Memory\":67108864,\"NanoCpus\":1500000000,\"CpuShares\":512,\"PidsLimit\":50,"
                + "\"CpusetCpus\":\"0\",\"OomScoreAdj\":7,"
                + "\"Ulimits\":[{\"Name\":\"nofile\",\"Soft\":10,\"Hard\":-1}]");
    var resources = spec.linux().orElseThrow().resources().orElseThrow();
    assertThat(resources.memory().orElseThrow().limit()).contains(64L << 20);
    assertThat(resources.memory().orElseThrow().swap()).contains(128L << 20);
    var cpu = resources.cpu().orElseThrow();
    assertThat(cpu.quota()).contains(150_000L);
    assertThat(cpu.period()).contains(100_000L);
    assertThat(cpu.shares()).contains(512L);
    assertThat(cpu.cpus()).contains("0");
    assertThat(resources.pids().orElseThrow().limit()).isEqualTo(50);
    assertThat(process(spec).oomScoreAdj()).contains(7);
    var limit = process(spec).rlimits().getFirst();
    assertThat(limit.type()).isEqualTo("RLIMIT_NOFILE");
    assertThat(limit.soft()).isEqualTo(10);
    assertThat(limit.hard()).isEqualTo(-1);
  }

  @Test
  void readsSecurityOptions() {
    assertThat(host("\"SecurityOpt\":[\"seccomp=unconfined\"]").linux().orElseThrow().seccomp())
        .isEmpty();
    assertThat(process(host("\"SecurityOpt\":[\"no-new-privileges\"]")).noNewPrivileges()).isTrue();
    assertThat(process(host("\"SecurityOpt\":[\"no-new-privileges:true\"]")).noNewPrivileges())
        .isTrue();
    var open = host("\"MaskedPaths\":[],\"ReadonlyPaths\":[]").linux().orElseThrow();
    assertThat(open.maskedPaths()).isEmpty();
    assertThat(open.readonlyPaths()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Memory\":6291455",
        "\"Memory\":-1",
        "\"MemorySwap\":5",
        "\"Memory\":10485760,\"MemorySwap\":10485759",
        "\"NanoCpus\":2000000001",
        "\"NanoCpus\":1",
        "\"NanoCpus\":1000000000,\"CpuQuota\":5",
        "\"CpuShares\":-1",
        "\"OomScoreAdj\":1001",
        "\"OomScoreAdj\":-1001",
        "\"CapAdd\":[\"FLY\"]",
        "\"CapDrop\":[\"\"]",
        "\"ShmSize\":-1",
        "\"Tmpfs\":{\"t\":\"\"}",
        "\"Tmpfs\":{\"/\":\"\"}",
        "\"SecurityOpt\":[\"seccomp={}\"]",
        "\"SecurityOpt\":[\"magic\"]",
        "\"Ulimits\":[{\"Name\":\"files\",\"Soft\":1,\"Hard\":1}]",
        "\"Ulimits\":[{\"Name\":\"nofile\",\"Soft\":2,\"Hard\":1}]",
        "\"Ulimits\":[{\"Name\":\"nofile\",\"Soft\":-1,\"Hard\":1}]"
      })
  void refusesImpossibleValues(String fields) {
    assertThatThrownBy(() -> host(fields)).isInstanceOf(CaissonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Memory\":6291456",
        "\"Memory\":10485760,\"MemorySwap\":10485760",
        "\"Memory\":10485760,\"MemorySwap\":-1",
        "\"NanoCpus\":2000000000",
        "\"NanoCpus\":10000000",
        "\"OomScoreAdj\":1000",
        "\"OomScoreAdj\":-1000",
        "\"PidsLimit\":-1",
        "\"Ulimits\":[{\"Name\":\"nofile\",\"Soft\":1,\"Hard\":1}]"
      })
  void takesValuesAtTheirLimits(String fields) {
    assertThat(host(fields)).isNotNull();
  }

  @Test
  void aProfilesRulesHoldForTheCapabilitiesThatTheyName() {
    var profile =
        """
        {"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":1,
         "archMap":[{"architecture":"SCMP_ARCH_X86_64","subArchitectures":["SCMP_ARCH_X86"]},
                    {"architecture":"SCMP_ARCH_AARCH64","subArchitectures":["SCMP_ARCH_ARM"]}],
         "syscalls":[
          {"names":["read"],"action":"SCMP_ACT_ALLOW","includes":{"minKernel":"4.8"}},
          {"name":"clone","action":"SCMP_ACT_ALLOW",
           "args":[{"index":0,"value":7,"valueTwo":8,"op":"SCMP_CMP_MASKED_EQ"}],
           "excludes":{"caps":["CAP_SYS_ADMIN"],"arches":["s390"]}},
          {"names":["mount"],"action":"SCMP_ACT_ALLOW","includes":{"caps":["CAP_SYS_ADMIN"]}},
          {"names":["arm_sync"],"action":"SCMP_ACT_ALLOW","includes":{"arches":["arm"]}}]}
        """;
    var text = profile.replace("\n", "").replace("\"", "\\\"");
    var filter =
        host("\"SecurityOpt\":[\"seccomp=" + text + "\"]")
            .linux()
            .flatMap(LinuxSpec::seccomp)
            .orElseThrow();
    assertThat(filter.architectures()).containsExactly("SCMP_ARCH_X86_64", "SCMP_ARCH_X86");
    assertThat(filter.syscalls().stream().flatMap(rule -> rule.names().stream()))
        .containsExactly("read", "clone");
    var more = host("\"CapAdd\":[\"SYS_ADMIN\"],\"SecurityOpt\":[\"seccomp=" + text + "\"]");
    assertThat(
            more.linux().flatMap(LinuxSpec::seccomp).orElseThrow().syscalls().stream()
                .flatMap(rule -> rule.names().stream()))
        .containsExactly("read", "mount");
  }

  @Test
  void devicesAreThoseThatEveryMachineHas() {
    var devices =
        host("\"Devices\":[{\"PathOnHost\":\"/dev/fuse\"},"
                + "{\"PathOnHost\":\"/dev/net/tun\",\"PathInContainer\":\"/dev/tap\"}]")
            .linux()
            .orElseThrow()
            .devices();
    assertThat(devices).extracting(DeviceSpec::path).containsExactly("/dev/fuse", "/dev/tap");
    assertThatThrownBy(() -> host("\"Devices\":[{\"PathOnHost\":\"/dev/sda\"}]"))
        .hasMessageContaining("/dev/sda is the host's");
  }

  @Test
  void refusesNamesThatCannotBe() {
    for (var fields :
        List.of(
            "\"Dns\":[\"example.com\"]",
            "\"DnsSearch\":[\"a b\"]",
            "\"ExtraHosts\":[\"a\"]",
            "\"ExtraHosts\":[\"a:300.1.1.1\"]",
            "\"ExtraHosts\":[\"a b:1.1.1.1\"]",
            "\"ExtraHosts\":[\"a:host-gateway\"]")) {
      assertThatThrownBy(() -> NameChoice.of(hostConfig(fields)))
          .as(fields)
          .isInstanceOf(CaissonException.class);
    }
    var names =
        NameChoice.of(
            hostConfig(
                "\"Dns\":[\"1.1.1.1\",\"2606:4700::1111\"],\"DnsSearch\":[\".\"],"
                    + "\"ExtraHosts\":[\"a:1.2.3.4\",\"b=::1\",\"c:[fe80::1]\"]"));
    assertThat(names.hosts())
        .extracting(NameResolution.Host::address)
        .containsExactly("1.2.3.4", "::1", "fe80::1");
  }

  private static HostConfig hostConfig(String fields) {
    return WireJson.read(("{" + fields + "}").getBytes(StandardCharsets.UTF_8), HostConfig.class);
  }
}
