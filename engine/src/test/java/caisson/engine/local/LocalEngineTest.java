package caisson.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.engine.AttachOptions;
import caisson.engine.ContainerRequest;
import caisson.engine.ContainerState;
import caisson.engine.ExecRequest;
import caisson.engine.LogLimits;
import caisson.engine.LogQuery;
import caisson.engine.NetworkMode;
import caisson.engine.Output.Source;
import caisson.engine.RestartPolicy;
import caisson.engine.SandboxOptions;
import caisson.engine.Signal;
import caisson.engine.TerminalSize;
import caisson.engine.WaitCondition;
import caisson.oci.Json;
import caisson.oci.runtime.ConsoleSize;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.Spec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LocalEngineTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final AttachOptions ALL =
      new AttachOptions(true, true, true, false, Optional.empty());

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

  @Test
  void aContainerIsCreatedRunsAndEnds() throws Exception {
    var id = create("web", false);
    assertThat(state(id)).isInstanceOf(ContainerState.Created.class);
    var attachment = engine.containers().attach(id, ALL);
    var watch = engine.containers().watch(id, WaitCondition.NEXT_EXIT);
    engine.containers().start(id);
    assertThat(state(id).running()).isTrue();
    guest().events.output(Source.STDOUT, bytes("hello\n"));
    guest().end(3);
    assertThat(watch.await(SOON).orElseThrow().code()).isEqualTo(3);
    assertThat(attachment.read().orElseThrow().bytes()).isEqualTo(bytes("hello\n"));
    assertThat(attachment.read()).isEmpty();
    assertThat(state(id)).isInstanceOf(ContainerState.Exited.class);
    assertThat(log(id)).containsExactly("hello\n");
    assertThat(sandboxes.running).isEmpty();
  }

  @Test
  void namesAreUniqueAndGivenBack() {
    var id = create("web", false);
    assertThatThrownBy(() -> create("web", false))
        .hasMessageContaining("The container name \"/web\" is already in use")
        .hasMessageContaining(id.value());
    assertThat(engine.containers().resolve("/web")).isEqualTo(id);
    assertThat(engine.containers().resolve(id.abbreviated())).isEqualTo(id);
    engine.containers().remove(id, false, false);
    assertThatThrownBy(() -> engine.containers().resolve("web")).hasMessageContaining("No such");
    create("web", false);
  }

  @Test
  void refusesNamesThatAreNone() {
    for (var name : List.of("a", "-a", "a b", "../x", "ä1")) {
      assertThatThrownBy(() -> create(name, false)).hasMessageContaining("Invalid container name");
    }
  }

  @Test
  void aFailedStartIsToldAndLeavesTheContainerStartable() {
    var id = create("web", false);
    sandboxes.failure = Optional.of(new CaissonException(ErrorCode.COMMAND_NOT_FOUND, "no x"));
    assertThatThrownBy(() -> engine.containers().start(id)).hasMessage("no x");
    assertThat(state(id))
        .isEqualTo(
            new ContainerState.Created(Optional.of(new ContainerState.StartFailure(127, "no x"))));
    sandboxes.failure = Optional.empty();
    engine.containers().start(id);
    assertThat(state(id).running()).isTrue();
  }

  @Test
  void anAutoRemovedContainerIsGoneAfterItsEndAndAfterAFailedStart() throws Exception {
    var id = create("web", true);
    var watch = engine.containers().watch(id, WaitCondition.REMOVED);
    engine.containers().start(id);
    guest().end(7);
    assertThat(watch.await(SOON).orElseThrow().code()).isEqualTo(7);
    assertThat(root.resolve("containers")).isEmptyDirectory();

    var failing = create("web", true);
    var removal = engine.containers().watch(failing, WaitCondition.REMOVED);
    sandboxes.failure = Optional.of(new CaissonException(ErrorCode.VM_FAILED, "no"));
    assertThatThrownBy(() -> engine.containers().start(failing)).hasMessage("no");
    assertThat(removal.await(SOON).orElseThrow().code()).isEqualTo(125);
    assertThat(root.resolve("containers")).isEmptyDirectory();
  }

  @Test
  void stoppingSendsTheStopSignalAndKillsWhatDoesNotGo() {
    var id = create("web", false);
    engine.containers().start(id);
    var process = guest();
    process.diesOfSignals = false;
    engine.containers().stop(id, Optional.empty(), Optional.of(Duration.ofMillis(1)));
    assertThat(process.signals).containsExactly(Signal.TERM, Signal.KILL);
    assertThat(((ContainerState.Exited) state(id)).code()).isEqualTo(137);
    assertThatThrownBy(() -> engine.containers().stop(id, Optional.empty(), Optional.empty()))
        .hasMessageContaining("already stopped");
  }

  @Test
  void aRunningContainerIsRemovedOnlyByForce() {
    var id = create("web", false);
    engine.containers().start(id);
    assertThatThrownBy(() -> engine.containers().remove(id, false, false))
        .hasMessageContaining("cannot remove a running container");
    engine.containers().remove(id, true, false);
    assertThat(engine.containers().list()).isEmpty();
    assertThat(sandboxes.running).isEmpty();
  }

  @Test
  void aContainerThatIsBeingStartedIsRemovedByForceToo() throws Exception {
    var id = create("web", false);
    var removal =
        new FutureTask<Void>(() -> {
          engine.containers().remove(id, true, false);
          return null;
        });
    var remover = Thread.ofPlatform().name("remover").unstarted(removal);
    sandboxes.beforeStart =
        () -> {
          remover.start();
          while (remover.isAlive() && remover.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
        };
    engine.containers().start(id);
    removal.get();
    assertThat(engine.containers().list()).isEmpty();
    assertThat(sandboxes.running).isEmpty();
  }

  @Test
  void aNewDaemonTakesOverWhatRunsAndKnowsHowFarTheLogCame() throws Exception {
    var id = create("web", false);
    engine.containers().start(id);
    guest().events.output(Source.STDOUT, bytes("one\n"));
    engine.close();
    engine = LocalEngine.open(root, sandboxes);
    assertThat(state(id).running()).isTrue();
    assertThat(sandboxes.requests.getLast().streams().stdout()).isEqualTo(4);
    guest().events.output(Source.STDOUT, bytes("two\n"));
    guest().end(0);
    assertThat(log(id)).containsExactly("one\n", "two\n");
  }

  @Test
  void aNewDaemonReportsAMachineThatDiedMeanwhile() {
    var id = create("web", false);
    engine.containers().start(id);
    engine.close();
    sandboxes.running.clear();
    engine = LocalEngine.open(root, sandboxes);
    var exited = (ContainerState.Exited) state(id);
    assertThat(exited.code()).isEqualTo(137);
    assertThat(exited.error()).hasValueSatisfying(e -> assertThat(e).contains("died while"));
  }

  @Test
  void aMachineThatCannotBeTakenOverEndsItsContainerOnly() {
    var id = create("web", false);
    engine.containers().start(id);
    engine.close();
    sandboxes.failure =
        Optional.of(new CaissonException(ErrorCode.VM_FAILED, "it does not answer"));
    engine = LocalEngine.open(root, sandboxes);
    var exited = (ContainerState.Exited) state(id);
    assertThat(exited.error()).contains("it does not answer");
  }

  @Test
  void aClientMayHaveWhatWasLoggedFirst() throws Exception {
    var id = create("web", false);
    engine.containers().start(id);
    guest().events.output(Source.STDOUT, bytes("logged\n"));
    var options = new AttachOptions(false, true, true, true, Optional.empty());
    try (var attachment = engine.containers().attach(id, options)) {
      guest().events.output(Source.STDOUT, bytes("live\n"));
      guest().end(0);
      assertThat(attachment.read().orElseThrow().bytes()).isEqualTo(bytes("logged\n"));
      assertThat(attachment.read().orElseThrow().bytes()).isEqualTo(bytes("live\n"));
      assertThat(attachment.read()).isEmpty();
    }
  }

  @Test
  void aFurtherProcessHasItsTerminalsSizeFromTheBeginning() {
    var id = create("web", false);
    engine.containers().start(id);
    var process =
        Json.read(bytes("{\"terminal\":true,\"cwd\":\"/\"}"), ProcessSpec.class, "process");
    var exec = engine.execs().create(id, new ExecRequest(process, false, ""));
    var size = Optional.of(new TerminalSize(24, 80));
    engine.execs().start(exec, new AttachOptions(false, true, true, false, size)).close();
    var started = sandboxes.running.values().iterator().next().specs.getFirst();
    assertThat(started.consoleSize()).contains(new ConsoleSize(24, 80));
  }

  @Test
  void aNewDaemonSweepsMachinesThatBelongToNobodyAndHalfMadeContainers() throws IOException {
    var id = create("web", false);
    engine.containers().start(id);
    engine.close();
    sandboxes.running.put("stray", sandboxes.running.get("vm1"));
    Files.createDirectories(root.resolve("containers/half"));
    engine = LocalEngine.open(root, sandboxes);
    assertThat(sandboxes.running.keySet()).containsExactly("vm1");
    assertThat(root.resolve("containers").toFile().list()).containsExactly(id.value());
    assertThat(engine.leaks()).isEmpty();
  }

  @Test
  void everythingAboutAContainerSurvivesAReopening() {
    var id = create("web", false);
    var before = engine.containers().inspect(id);
    engine.close();
    engine = LocalEngine.open(root, sandboxes);
    assertThat(engine.containers().inspect(id)).isEqualTo(before);
  }

  @Test
  void countsWhatAContainerTakesOnDisk() {
    var id = create("one", false);
    assertThat(engine.containers().diskUsage(id).bytes()).isBetween(1L, 1L << 20);
  }

  private ContainerId create(String name, boolean autoRemove) {
    var spec =
        Json.read(bytes("{\"ociVersion\":\"1.0.2\",\"hostname\":\"h\"}"), Spec.class, "spec");
    var sandbox =
        new SandboxOptions(
            Digest.of(new byte[0]), "image", ByteSize.ofGib(10), NetworkMode.NONE, false);
    var id = ContainerId.random();
    engine
        .containers()
        .create(
            id,
            new ContainerRequest(
                Optional.of(name),
                spec,
                sandbox,
                true,
                true,
                Signal.TERM,
                SOON,
                autoRemove,
                RestartPolicy.NEVER,
                Optional.empty(),
                LogLimits.DEFAULT,
                Map.of("a", "b"),
                "{}"));
    return id;
  }

  private FakeSandboxes.FakeProcess guest() {
    return sandboxes.running.values().iterator().next().process;
  }

  private ContainerState state(ContainerId id) {
    return engine.containers().inspect(id).state();
  }

  private List<String> log(ContainerId id) throws InterruptedException {
    var query =
        new LogQuery(true, true, OptionalInt.empty(), Optional.empty(), Optional.empty(), true);
    var lines = new ArrayList<String>();
    try (var reader = engine.containers().logs(id, query)) {
      for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        lines.add(new String(entry.get().bytes(), StandardCharsets.UTF_8));
      }
    }
    return lines;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
