package caisson.engine.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.engine.ContainerRequest;
import caisson.engine.ContainerState;
import caisson.engine.LogLimits;
import caisson.engine.NetworkMode;
import caisson.engine.Output.Source;
import caisson.engine.RestartPolicy;
import caisson.engine.SandboxOptions;
import caisson.engine.Signal;
import caisson.engine.Volume;
import caisson.engine.VolumeRequest;
import caisson.engine.Volumes;
import caisson.engine.sandbox.VolumePlace;
import caisson.guest.protocol.ArchiveSetup;
import caisson.guest.protocol.PathStatus;
import caisson.linux.DurableFiles;
import caisson.oci.Json;
import caisson.oci.runtime.Spec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LocalVolumesTest {
  @TempDir Path root;
  private final FakeSandboxes sandboxes = new FakeSandboxes();
  private LocalEngine engine;

  @BeforeEach
  void open() {
    engine = LocalEngine.open(root, sandboxes);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Volumes volumes() {
    return engine.volumes();
  }

  private void openAgain() {
    engine.close();
    open();
  }

  @Test
  void aVolumeIsADirectoryThatSurvivesAReopening() throws IOException {
    var made = volumes().create(request("db", Map.of("a", "b")));
    Files.writeString(made.place().resolve("row"), "1");
    openAgain();
    assertThat(volumes().list()).containsExactly(made);
    assertThat(volumes().inspect("db").labels()).containsEntry("a", "b");
    assertThat(made.place().resolve("row")).hasContent("1");
    assertThat(volumes().diskUsage("db")).isEqualTo(new ByteSize(1));
  }

  /** As a guest can make it in its share: no path leads to the end of it. */
  @Test
  void aVolumeThatIsDeeperThanAPathIsLongIsMeasuredAndRemoved() throws Exception {
    var made = volumes().create(VolumeRequest.named("deep"));
    var script = "for i in $(seq 100); do printf 12 >file; mkdir $0 && cd -P $0 || exit; done";
    var shell = new ProcessBuilder("bash", "-c", script, "d".repeat(200));
    assertThat(shell.directory(made.place().toFile()).inheritIO().start().waitFor()).isZero();
    assertThat(volumes().diskUsage("deep").bytes()).isBetween(2L, 200L);
    volumes().remove("deep");
    assertThat(made.place().getParent()).doesNotExist();
  }

  @Test
  void makingItAgainAnswersTheOneThatIsThere() {
    var made = volumes().create(VolumeRequest.named("db"));
    assertThat(volumes().create(VolumeRequest.named("db"))).isEqualTo(made);
    var other =
        new VolumeRequest(
            Optional.of("db"), false, Map.of(), Map.of("size", "1g"), Optional.empty());
    assertThatThrownBy(() -> volumes().create(other)).hasMessageContaining("already exists");
  }

  @Test
  void aDiskHasItsSizeAndTakesWhatIsWritten() {
    var disk =
        new VolumeRequest(
            Optional.empty(),
            true,
            Map.of(),
            Map.of("type", "disk"),
            Optional.of(ByteSize.ofMib(64)));
    var made = volumes().create(disk);
    assertThat(made.name()).hasSize(64);
    assertThat(made.place()).hasSize(ByteSize.ofMib(64).bytes());
    assertThat(volumes().diskUsage(made.name())).isLessThan(ByteSize.ofMib(32));
    openAgain();
    assertThat(volumes().list()).containsExactly(made);
  }

  @Test
  void refusesNamesThatAreNone() {
    for (var name : List.of("a", "-a", "a b", "../x", "a/b", "ä1", "x.unfinished")) {
      assertThatThrownBy(() -> volumes().create(VolumeRequest.named(name)))
          .as(name)
          .isInstanceOfSatisfying(
              CaissonException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
    volumes().create(VolumeRequest.named("x".repeat(200)));
    assertThatThrownBy(() -> volumes().create(VolumeRequest.named("x".repeat(201))))
        .hasMessageContaining("at most 200");
  }

  @Test
  void whatIsHalfMadeOrHalfRemovedIsGoneAfterAReopening() throws IOException {
    volumes().create(VolumeRequest.named("kept"));
    Files.createDirectories(root.resolve("volumes/made.unfinished/_data"));
    openAgain();
    assertThat(names(volumes())).containsExactly("kept");
    try (var left = Files.list(root.resolve("volumes"))) {
      assertThat(left).containsExactly(root.resolve("volumes/kept"));
    }
  }

  @Test
  void aContainerMakesTheVolumesItNamesAndKeepsThemFromRemoval() {
    var id = create("db/sub");
    assertThat(names(volumes())).containsExactly("db");
    assertThat(volumes().users("db")).containsExactly(id);
    assertThatThrownBy(() -> volumes().remove("db"))
        .hasMessageContaining("volume is in use")
        .hasMessageContaining(id.value());
    engine.containers().remove(id, false, true);
    assertThat(volumes().users("db")).isEmpty();
    volumes().remove("db");
    assertThatThrownBy(() -> volumes().inspect("db")).hasMessageContaining("no such volume");
    assertThat(root.resolve("volumes/db")).doesNotExist();
  }

  @Test
  void aContainerTakesItsAnonymousVolumesWithItUnlessOthersUseThem() {
    var own = anonymous();
    var common = anonymous();
    var first = create(own, common);
    create(common);
    engine.containers().remove(first, false, true);
    assertThat(names(volumes())).containsExactly(common);
  }

  @Test
  void aContainerThatIsRemovedWithoutThemLeavesThem() {
    var own = anonymous();
    engine.containers().remove(create(own), false, false);
    assertThat(names(volumes())).containsExactly(own);
  }

  /** As a daemon leaves them that is killed between a volume and its container. */
  @Test
  void aVolumeForAContainerGoesWithTheDaemonUnlessThereIsTheContainer() {
    var request = new VolumeRequest(Optional.empty(), true, Map.of(), Map.of(), Optional.empty());
    var lost = volumes().createForContainer(request).name();
    var used = volumes().createForContainer(request).name();
    var id = create(used);
    assertThat(names(volumes())).containsExactlyInAnyOrder(lost, used);
    openAgain();
    assertThat(names(volumes())).containsExactly(used);
    engine.containers().remove(id, false, false);
    openAgain();
    assertThat(names(volumes())).containsExactly(used);
  }

  @Test
  void aVolumeThatWasBeingRemovedWithItsContainerGoesOnceThatIsGone() throws IOException {
    var own = anonymous();
    var id = create(own);
    ((LocalVolumes) volumes()).goWithContainer(List.of(own), true);
    openAgain();
    assertThat(names(volumes())).containsExactly(own);
    ((LocalVolumes) volumes()).goWithContainer(List.of(own), true);
    engine.close();
    DurableFiles.deleteTree(root.resolve("containers").resolve(id.value()));
    open();
    assertThat(names(volumes())).isEmpty();
  }

  @Test
  void aContainerIsToldWhereItsVolumesAre() {
    disk("disk");
    engine.containers().start(create("disk", "dir"));
    assertThat(sandboxes.requests.getFirst().volumes())
        .isEqualTo(
            Map.of(
                "disk", new VolumePlace.Disk(root.resolve("volumes/disk/disk.ext4")),
                "dir", new VolumePlace.Directory(root.resolve("volumes/dir/_data"))));
  }

  @Test
  void aDiskHasOneRunningContainerAtATime() {
    disk("disk");
    var first = create("disk");
    var second = create("disk");
    engine.containers().start(first);
    assertThatThrownBy(() -> engine.containers().start(second))
        .hasMessageContaining("the running container " + first.abbreviated() + " has it");
    openAgain();
    assertThatThrownBy(() -> engine.containers().start(second)).hasMessageContaining("has it");
    sandboxes.running.values().iterator().next().process.end(0);
    engine.containers().start(second);
    assertThat(engine.containers().inspect(second).state())
        .isInstanceOf(ContainerState.Running.class);
  }

  @Test
  void whatAContainerWroteToAVolumeIsOnTheDiskBeforeItsMachineGoes() {
    engine.containers().start(create(true, "db"));
    var machine = sandboxes.running.values().iterator().next();
    machine.process.end(0);
    assertThat(machine.end).isEqualTo("shut down");
  }

  @Test
  void filesOfAContainerThatDoesNotRunAreAGuestsThatIsStartedForThem() throws IOException {
    sandboxes.fileWork =
        (work, process) -> {
          var status = new PathStatus(0100644, 7, 9, "link").toBytes();
          try {
            process.events.output(
                Source.STDOUT,
                work.kind() == ArchiveSetup.Kind.STATUS ? status : work.name().getBytes(UTF_8));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          process.end(0);
        };
    var id = create("db");
    var output = new ByteArrayOutputStream();
    try (var files = engine.containers().files(id)) {
      assertThat(files.status("/a").link()).isEqualTo("link");
      files.read("/a", "b", output);
    }
    assertThat(output.toString(UTF_8)).isEqualTo("b");
    assertThat(sandboxes.running).isEmpty();
    assertThat(engine.containers().inspect(id).state()).isInstanceOf(ContainerState.Created.class);
    engine.containers().start(id);
  }

  @Test
  void aContainerStandsStillWhileItsLayerIsReadAndGoesOnWhateverHappens() throws IOException {
    sandboxes.fileWork = (_, process) -> process.end(0);
    var id = create("db");
    engine.containers().start(id);
    var machine = sandboxes.running.values().iterator().next();
    try (var files = engine.containers().files(id)) {
      files.readLayer(false, OutputStream.nullOutputStream());
      assertThat(machine.calls).containsExactly("hold", "release");
      machine.calls.clear();
      files.readLayer(true, OutputStream.nullOutputStream());
      assertThat(machine.calls).containsExactly("hold still", "release");
      sandboxes.fileWork = (_, process) -> process.end(2);
      assertThatThrownBy(() -> files.readLayer(true, OutputStream.nullOutputStream()))
          .isInstanceOf(CaissonException.class);
      assertThat(machine.calls).containsExactly("hold still", "release", "hold still", "release");
    }
  }

  @Test
  void aPausedContainersFilesAreWithinReach() {
    sandboxes.fileWork = (_, process) -> process.end(0);
    var id = create("db");
    engine.containers().start(id);
    engine.containers().pause(id);
    try (var files = engine.containers().files(id)) {
      assertThat(files.changes()).isEmpty();
    }
    assertThat(sandboxes.running.values().iterator().next().calls)
        .containsExactly("pause", "hold", "release");
    assertThat(engine.containers().inspect(id).state()).isInstanceOf(ContainerState.Paused.class);
  }

  @Test
  void whatAGuestSaysWentWrongWithFilesIsTold() {
    sandboxes.fileWork =
        (_, process) -> {
          try {
            process.events.output(Source.STDERR, "no such thing".getBytes(UTF_8));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          process.end(2);
        };
    var id = create("db");
    engine.containers().start(id);
    try (var files = engine.containers().files(id)) {
      assertThatThrownBy(() -> files.status("/a"))
          .isInstanceOfSatisfying(
              CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
          .hasMessage("no such thing");
      assertThatThrownBy(() ->
              files.write("/a", true, Optional.empty(), new ByteArrayInputStream(new byte[9])))
          .hasMessage("no such thing");
    }
    assertThat(sandboxes.running).as("its own guest").hasSize(1);
  }

  @Test
  void aReaderOfFilesThatGoesAwayEndsTheWork() {
    var killed = new CompletableFuture<FakeSandboxes.FakeProcess>();
    sandboxes.fileWork =
        (_, process) -> {
          try {
            process.events.output(Source.STDOUT, new byte[1]);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          killed.complete(process);
        };
    var gone =
        new OutputStream() {
          @Override
          public void write(int each) throws IOException {
            throw new IOException("gone");
          }
        };
    try (var files = engine.containers().files(create("db"))) {
      assertThatThrownBy(() -> files.read("/a", "a", gone)).hasMessage("gone");
    }
    assertThat(killed.join().signals).containsExactly(Signal.KILL);
  }

  private static List<String> names(Volumes volumes) {
    return volumes.list().stream().map(Volume::name).toList();
  }

  private static VolumeRequest request(String name, Map<String, String> labels) {
    return new VolumeRequest(Optional.of(name), false, labels, Map.of(), Optional.empty());
  }

  private String anonymous() {
    var request = new VolumeRequest(Optional.empty(), true, Map.of(), Map.of(), Optional.empty());
    return volumes().create(request).name();
  }

  private void disk(String name) {
    var size = Optional.of(ByteSize.ofMib(64));
    volumes().create(new VolumeRequest(Optional.of(name), false, Map.of(), Map.of(), size));
  }

  private ContainerId create(String... sources) {
    return create(false, sources);
  }

  /** A container that mounts volumes. */
  private ContainerId create(boolean autoRemove, String... sources) {
    var mounts =
        Stream.of(sources)
            .map(source ->
                "{\"destination\":\"/v\",\"type\":\"volume\",\"source\":\"" + source + "\"}")
            .collect(Collectors.joining(","));
    var json = "{\"ociVersion\":\"1.0.2\",\"mounts\":[" + mounts + "]}";
    var spec = Json.read(json.getBytes(UTF_8), Spec.class, "spec");
    var sandbox =
        new SandboxOptions(
            Digest.of(new byte[0]), "image", ByteSize.ofGib(10), NetworkMode.NONE, false);
    var id = ContainerId.random();
    var request =
        new ContainerRequest(
            Optional.empty(),
            spec,
            sandbox,
            false,
            false,
            Signal.TERM,
            Duration.ofSeconds(1),
            autoRemove,
            RestartPolicy.NEVER,
            Optional.empty(),
            LogLimits.DEFAULT,
            Map.of(),
            "{}");
    engine.containers().create(id, request);
    return id;
  }
}
