package caisson.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.ContainerState;
import caisson.engine.Volume;
import caisson.engine.VolumeRequest;
import caisson.engine.Volumes;
import caisson.engine.sandbox.VolumePlace;
import caisson.linux.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private ContainerId create(boolean autoRemove, String... sources) {
    var id = ContainerId.random();
    engine.containers().create(id, ContainerRequests.mounting(autoRemove, sources));
    return id;
  }
}
