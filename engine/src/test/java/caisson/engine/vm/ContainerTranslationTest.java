package caisson.engine.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.ByteSize;
import caisson.engine.NameResolution;
import caisson.engine.sandbox.VolumePlace;
import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.LimitsSetup;
import caisson.guest.protocol.ProcessSetup.CapabilitySets;
import caisson.guest.protocol.ProcessSetup.ResourceLimit;
import caisson.oci.Json;
import caisson.vmm.VmDisk;
import caisson.vmm.VmShare;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class ContainerTranslationTest {
  @Test
  void whatRuncWritesBecomesThePinnedSetup() throws IOException {
    try (var in = ContainerTranslationTest.class.getResourceAsStream("runc-setup.json")) {
      var golden = Json.MAPPER.readTree(Objects.requireNonNull(in));
      var actual = Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(translate(json -> {})));
      assertThat(actual.toPrettyString()).isEqualTo(golden.toPrettyString());
    }
  }

  @Test
  void limitsAreThoseOfCgroupV2() {
    assertThat(limits(json -> {})).isEqualTo(LimitsSetup.NONE);
    assertThat(
            limits(json -> {
              var memory = json.putObject("memory").put("limit", 1000).put("swap", 1500);
              memory.put("disableOOMKiller", false);
              var cpu = json.putObject("cpu").put("quota", 50_000).put("period", 100_000);
              cpu.put("shares", 1024).put("cpus", "0-1").put("mems", "0");
              json.putObject("pids").put("limit", 7);
            }))
        .isEqualTo(new LimitsSetup(1000, 500, 50_000, 100_000, 39, "0-1", "0", 7));
  }

  @Test
  void noLimitAndNothingAreTheSame() {
    assertThat(
            limits(json -> {
              json.putObject("memory").put("limit", -1).put("swap", -1);
              json.putObject("cpu").put("quota", -1).put("shares", 0);
              json.putObject("pids").put("limit", 0);
            }))
        .isEqualTo(LimitsSetup.NONE);
  }

  @Test
  void sharesBecomeWeightsAtBothEnds() {
    assertThat(weight(1)).isEqualTo(1);
    assertThat(weight(2)).isEqualTo(1);
    assertThat(weight(262_144)).isEqualTo(10_000);
    assertThat(weight(1 << 30)).isEqualTo(10_000);
  }

  private static long weight(long shares) {
    return limits(json -> json.putObject("cpu").put("shares", shares)).cpuWeight();
  }

  @Test
  void capabilitiesBecomeBitsAndAmbientOnesOnlyWhereTheKernelTakesThem() {
    var sets =
        process(
                json -> {
                  var all = json.withObject("/process").putObject("capabilities");
                  all.putArray("bounding").add("CAP_CHOWN").add("CAP_CHECKPOINT_RESTORE");
                  all.putArray("effective").add("CAP_KILL");
                  all.putArray("permitted").add("CAP_KILL").add("CAP_SETGID");
                  all.putArray("inheritable").add("CAP_KILL");
                  all.putArray("ambient").add("CAP_KILL").add("CAP_SETGID");
                })
            .capabilities();
    assertThat(sets)
        .isEqualTo(new CapabilitySets(1L << 40 | 1, 1 << 5, 1 << 5 | 1 << 6, 1 << 5, 1 << 5));
  }

  @Test
  void resourceLimitsAreUnsignedAndMinusOneIsNone() {
    var limits =
        process(
                json -> {
                  var array = json.withObject("/process").putArray("rlimits");
                  array.addObject().put("type", "RLIMIT_CPU").put("soft", 0).put("hard", -1);
                  array
                      .addObject()
                      .put("type", "RLIMIT_RTTIME")
                      .put("soft", 5)
                      .put("hard", new java.math.BigInteger("18446744073709551615"));
                })
            .resourceLimits();
    assertThat(limits).containsExactly(new ResourceLimit(0, 0, -1), new ResourceLimit(15, 5, -1));
  }

  @Test
  void aUserIsANameOrNumbers() {
    assertThat(process(json -> {}).user()).isEqualTo("0:0");
    assertThat(process(json -> json.withObject("/process/user").put("uid", 5).put("gid", 6)).user())
        .isEqualTo("5:6");
    assertThat(process(json -> json.withObject("/process/user").put("username", "www:33")).user())
        .isEqualTo("www:33");
  }

  @Test
  void whatAMachineCannotGiveIsRefusedByName() {
    refused(
        "hooks.poststop", json -> json.withArray("/hooks/poststop").addObject().put("path", "x"));
    refused("binds what has no absolute path to /data", json -> bind(json, "srv"));
    refused("wants rshared at /data", json -> bind(json, "/srv").add("rshared"));
  }

  private static ArrayNode bind(ObjectNode json, String source) {
    var mount = json.withArray("/mounts").addObject().put("destination", "/data");
    return mount.put("type", "bind").put("source", source).putArray("options");
  }

  @Test
  void bindsAndDirectoriesAreSharesInTheOrderOfTheirMounts() {
    var spec =
        TestSpecs.spec(json -> {
          bind(json, "/srv/./www").add("rbind").add("rprivate").add("ro");
          volume(json, "db/sub", "ro");
          volume(json, "db", "ro");
        });
    var request =
        TestSpecs.request(spec, Map.of("db", new VolumePlace.Directory(Path.of("/volumes/db"))));
    var given = GivenFiles.of(request);
    assertThat(given.disks()).isEmpty();
    assertThat(given.shares())
        .containsExactly(
            new VmShare("share0", Path.of("/srv/www"), true, VmShare.Owners.HOST),
            new VmShare("share1", Path.of("/volumes/db"), true, VmShare.Owners.GUEST),
            new VmShare("share2", Path.of("/volumes/db"), false, VmShare.Owners.GUEST));
    assertThat(spec.mounts().stream().flatMap(mount -> given.mount(mount).stream()))
        .containsExactly(
            new ContainerSetup.Mount("/data", "share", "share0", List.of("rprivate", "ro")),
            new ContainerSetup.Mount("/v", "share", "share1/sub", List.of("ro")),
            new ContainerSetup.Mount("/v", "share", "share2", List.of("ro", "copyup")));
  }

  @Test
  void aVolumeWithADiskIsOneDiskHoweverOftenItIsMounted() {
    var spec =
        TestSpecs.spec(json -> {
          volume(json, "db", "nocopy");
          volume(json, "db/sub", "nocopy");
        });
    var places = Map.<String, VolumePlace>of("db", new VolumePlace.Disk(Path.of("/volumes/disk")));
    var given = GivenFiles.of(TestSpecs.request(spec, places));
    assertThat(given.shares()).isEmpty();
    assertThat(given.disks())
        .containsExactly(new VmDisk("volume0", Path.of("/volumes/disk"), false));
    assertThat(spec.mounts().stream().flatMap(mount -> given.mount(mount).stream()))
        .extracting(ContainerSetup.Mount::source)
        .containsExactly("volume0", "volume0/sub");
  }

  private static void volume(ObjectNode json, String source, String option) {
    var mount = json.withArray("/mounts").addObject().put("destination", "/v");
    mount.put("type", "volume").put("source", source).putArray("options").add(option);
  }

  @Test
  void everyFieldThatCannotBeCarriedOutIsNamed() {
    resource("memory.reservation", json -> json.putObject("memory").put("reservation", 1));
    resource("memory.swappiness", json -> json.putObject("memory").put("swappiness", 1));
    resource("memory.swap needs", json -> json.putObject("memory").put("swap", 1));
    resource(
        "memory.swap (1) is less", json -> json.putObject("memory").put("limit", 2).put("swap", 1));
    resource("disableOOMKiller", json -> json.putObject("memory").put("disableOOMKiller", true));
    resource("cpu.burst", json -> json.putObject("cpu").put("burst", 1));
    resource("cpu.realtimeRuntime", json -> json.putObject("cpu").put("realtimeRuntime", 1));
    resource("cpu.realtimePeriod", json -> json.putObject("cpu").put("realtimePeriod", 1));
    resource("cpu.idle", json -> json.putObject("cpu").put("idle", 1));
    resource("unified", json -> json.putObject("unified").put("memory.high", "1"));
    linux(
        "uidMappings",
        json -> {
          var mapping = json.putArray("uidMappings").addObject();
          mapping.put("containerID", 0).put("hostID", 0).put("size", 1);
        });
    linux("mountLabel", json -> json.put("mountLabel", "x"));
    linux("user namespace", json -> json.withArray("/namespaces").addObject().put("type", "user"));
    linux(
        "names a type twice",
        json -> {
          json.withArray("/namespaces").addObject().put("type", "uts");
          json.withArray("/namespaces").addObject().put("type", "uts");
        });
    linux(
        "joins the host's ipc",
        json -> {
          var namespace = json.putArray("namespaces").addObject();
          namespace.put("type", "ipc").put("path", "/proc/1/ns/ipc");
        });
    linux(
        "unknown type \"x\"",
        json -> {
          json.putArray("devices").addObject().put("path", "/dev/x").put("type", "x");
        });
    inProcess("process.args", json -> json.putArray("args"));
    inProcess("zero byte", json -> json.putArray("args").add("a\0b"));
    inProcess("process.cwd", json -> json.put("cwd", "relative"));
    inProcess("apparmorProfile", json -> json.put("apparmorProfile", "docker-default"));
    inProcess("selinuxLabel", json -> json.put("selinuxLabel", "x"));
    inProcess(
        "CAP_NONE",
        json -> json.withObject("/capabilities").withArray("/bounding").add("CAP_NONE"));
    inProcess("RLIMIT_NONE", json -> limit(json, "RLIMIT_NONE", 1, 1));
    inProcess("above the hard one", json -> limit(json, "RLIMIT_CPU", 2, 1));
    inProcess("impossible value -2", json -> limit(json, "RLIMIT_CPU", -2, -1));
    inProcess("names a limit twice", json -> limit(json, "RLIMIT_NOFILE", 1, 1));
    inProcess("process.user.uid", json -> json.withObject("/user").put("uid", 1L << 31));
    refused("process is missing", json -> json.remove("process"));
    refused("hostname is longer", json -> json.put("hostname", "x".repeat(65)));
  }

  private static void limit(ObjectNode process, String type, long soft, long hard) {
    process.withArray("/rlimits").addObject().put("type", type).put("soft", soft).put("hard", hard);
  }

  private static void resource(String why, Consumer<ObjectNode> change) {
    refused(why, json -> change.accept(json.withObject("/linux/resources")));
  }

  private static void linux(String why, Consumer<ObjectNode> change) {
    refused(why, json -> change.accept(json.withObject("/linux")));
  }

  private static void inProcess(String why, Consumer<ObjectNode> change) {
    refused(why, json -> change.accept(json.withObject("/process")));
  }

  private static void refused(String why, Consumer<ObjectNode> change) {
    assertThatThrownBy(() -> translate(change))
        .isInstanceOf(caisson.base.CaissonException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aShapeIsTheSmallestClassThatHoldsTheLimit() {
    assertThat(memory(-1)).isEqualTo(ByteSize.ofGib(2));
    assertThat(memory(6 << 20)).isEqualTo(ByteSize.ofMib(512));
    assertThat(memory(448L << 20)).isEqualTo(ByteSize.ofMib(512));
    assertThat(memory((448L << 20) + 1)).isEqualTo(ByteSize.ofGib(2));
    assertThat(memory(8128L << 20)).isEqualTo(ByteSize.ofGib(8));
    assertThat(memory((8128L << 20) + 1)).isEqualTo(ByteSize.ofMib(8193));
  }

  @Property
  void aShapeHoldsItsContainerAndWhatTheGuestNeeds(
      @ForAll @LongRange(min = 1, max = 1L << 44) long limit) {
    assertThat(memory(limit).bytes()).isGreaterThanOrEqualTo(limit + (64 << 20));
  }

  @Test
  void aShapeHasAsManyCpusAsTheHostUpToSixteen() {
    var spec = TestSpecs.spec(json -> {});
    assertThat(Shape.of(spec, 2).cpus()).isEqualTo(2);
    assertThat(Shape.of(spec, 64).cpus()).isEqualTo(16);
  }

  private static ByteSize memory(long limit) {
    return Shape.of(
            TestSpecs.spec(json -> json.withObject("/linux/resources/memory").put("limit", limit)),
            2)
        .memory();
  }

  @Test
  void filesSayWhoTheContainerIs() {
    var resolver =
        new HostResolver(
            List.of("# x", "nameserver 127.0.0.53", "nameserver 192.0.2.1", "search a b"));
    var spec = TestSpecs.spec(json -> json.put("domainname", "example.org"));
    var online =
        GeneratedFiles.of(spec, NameResolution.DEFAULT, Optional.of(TestSpecs.ADDRESS), resolver);
    assertThat(text(online, "/etc/hosts"))
        .startsWith("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n")
        .endsWith("\n10.0.2.100\trunc.example.org runc\nfd00::2\trunc.example.org runc\n");
    assertThat(text(online, "/etc/resolv.conf")).isEqualTo("nameserver 10.0.2.3\nsearch a b\n");
    assertThat(text(online, "/etc/hostname")).isEqualTo("runc\n");
    var offline = GeneratedFiles.of(spec, NameResolution.DEFAULT, Optional.empty(), resolver);
    assertThat(text(offline, "/etc/hosts")).doesNotContain("runc");
    assertThat(text(offline, "/etc/resolv.conf")).isEqualTo("nameserver 192.0.2.1\nsearch a b\n");
  }

  @Test
  void aFileThatTheSpecMountsOverIsLeftToIt() {
    var spec =
        TestSpecs.spec(json ->
            json.withArray("/mounts")
                .addObject()
                .put("destination", "/etc/hosts")
                .put("type", "tmpfs"));
    var files =
        GeneratedFiles.of(
            spec, NameResolution.DEFAULT, Optional.empty(), new HostResolver(List.of()));
    assertThat(files).extracting(ContainerSetup.File::path).doesNotContain("/etc/hosts");
  }

  @Test
  void whatAContainerAsksForTakesThePlaceOfTheHostsNames() {
    var spec = TestSpecs.spec(_ -> {});
    var resolver =
        new HostResolver(List.of("nameserver 1.2.3.4", "search corp.example", "options ndots:5"));
    var host = new NameResolution.Host("db", "10.0.0.7");
    var wanted =
        new NameResolution(List.of("9.9.9.9"), List.of("a", "b"), List.of(), List.of(host));
    var files = GeneratedFiles.of(spec, wanted, Optional.of(TestSpecs.ADDRESS), resolver);
    assertThat(text(files, "/etc/resolv.conf"))
        .isEqualTo("nameserver 9.9.9.9\nsearch a b\noptions ndots:5\n");
    assertThat(text(files, "/etc/hosts")).contains("\n10.0.0.7\tdb\n10.0.2.100\t");
    var none = new NameResolution(List.of(), List.of("."), List.of("rotate"), List.of());
    assertThat(text(GeneratedFiles.of(spec, none, Optional.empty(), resolver), "/etc/resolv.conf"))
        .isEqualTo("nameserver 1.2.3.4\noptions rotate\n");
  }

  private static String text(List<ContainerSetup.File> files, String path) {
    var file = files.stream().filter(f -> f.path().equals(path)).findFirst().orElseThrow();
    return new String(file.content(), StandardCharsets.UTF_8);
  }

  private static LimitsSetup limits(Consumer<ObjectNode> change) {
    return translate(json -> change.accept(json.withObject("/linux").putObject("resources")))
        .limits();
  }

  private static caisson.guest.protocol.ProcessSetup process(Consumer<ObjectNode> change) {
    return translate(change).process();
  }

  private static ContainerSetup translate(Consumer<ObjectNode> change) {
    var request = TestSpecs.request(TestSpecs.spec(change));
    return ContainerTranslation.of(
        request,
        List.of("layer0"),
        "writable",
        GivenFiles.of(request),
        List.of(),
        ContainerTranslation.INIT);
  }
}
