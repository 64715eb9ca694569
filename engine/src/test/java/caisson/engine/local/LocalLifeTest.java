package caisson.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.engine.ContainerRequest;
import caisson.engine.ContainerState;
import caisson.engine.ContainerUpdate;
import caisson.engine.EventReader;
import caisson.engine.Health;
import caisson.engine.HealthCheck;
import caisson.engine.LogLimits;
import caisson.engine.NetworkMode;
import caisson.engine.RestartPolicy;
import caisson.engine.RestartPolicy.Kind;
import caisson.engine.SandboxOptions;
import caisson.engine.Signal;
import caisson.oci.Json;
import caisson.oci.runtime.Resources;
import caisson.oci.runtime.Spec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a container between its start and its removal. */
@Timeout(60)
final class LocalLifeTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final RestartPolicy ALWAYS = new RestartPolicy(Kind.ALWAYS, 0);
  private static final RestartPolicy UNLESS_STOPPED = new RestartPolicy(Kind.UNLESS_STOPPED, 0);

  @TempDir Path root;
  private final FakeSandboxes sandboxes = new FakeSandboxes();
  private LocalEngine engine;
  private EventReader events;

  @BeforeEach
  void open() {
    engine = LocalEngine.open(root, sandboxes);
    events = engine.events().subscribe(Optional.empty());
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void reopen() {
    engine.close();
    engine = LocalEngine.open(root, sandboxes);
    events = engine.events().subscribe(Optional.empty());
  }

  @Test
  void aContainerIsStartedAgainWhenItHasEnded() throws Exception {
    var id = create(ALWAYS);
    engine.containers().start(id);
    await("start");
    for (int restarts = 1; restarts <= 3; restarts++) {
      guest().end(0);
      await("die");
      await("start");
      assertThat(engine.containers().inspect(id).restartCount()).isEqualTo(restarts);
      assertThat(state(id)).isInstanceOf(ContainerState.Running.class);
    }
  }

  @Test
  void afterFailuresOnlySoOften() throws Exception {
    var id = create(new RestartPolicy(Kind.ON_FAILURE, 1));
    engine.containers().start(id);
    await("start");
    guest().end(3);
    await("start");
    guest().end(3);
    assertThat(state(id)).isInstanceOf(ContainerState.Exited.class);
    assertThat(engine.containers().inspect(id).restartCount()).isEqualTo(1);
  }

  @Test
  void noContainerIsStartedAgainAfterAStop() {
    var id = create(ALWAYS);
    engine.containers().start(id);
    engine.containers().stop(id, Optional.empty(), Optional.empty());
    assertThat(state(id)).isInstanceOf(ContainerState.Exited.class);
    engine.containers().start(id);
    engine.containers().kill(id, Signal.KILL);
    assertThat(state(id)).isInstanceOf(ContainerState.Exited.class);
  }

  @Test
  void aContainerThatWaitsForItsRestartCanBeStopped() {
    var id = create(ALWAYS);
    engine.containers().start(id);
    guest().end(1);
    engine.containers().stop(id, Optional.empty(), Optional.empty());
    assertThat(state(id)).isInstanceOf(ContainerState.Exited.class);
    engine.containers().remove(id, false, false);
  }

  @Test
  void aRemovalDoesNotWaitForADiskThatGoesWithIt() throws Exception {
    var id = create(RestartPolicy.NEVER);
    engine.containers().start(id);
    var machine = machine();
    machine.writesForever = true;
    var writing = Thread.startVirtualThread(() -> machine.process.end(0));
    await("die");
    engine.containers().remove(id, false, false);
    writing.join();
    assertThat(machine.end).isEqualTo("abandoned");
    assertThat(engine.containers().list()).isEmpty();
  }

  @Test
  void theDaemonStartsWhatItsPolicySays() throws Exception {
    var always = create("always", ALWAYS);
    var unless = create("unless", UNLESS_STOPPED);
    var never = create("never", RestartPolicy.NEVER);
    for (var id : List.of(always, unless, never)) {
      engine.containers().start(id);
      engine.containers().stop(id, Optional.empty(), Optional.empty());
    }
    reopen();
    await("start");
    assertThat(state(always)).isInstanceOf(ContainerState.Running.class);
    assertThat(state(unless)).isInstanceOf(ContainerState.Exited.class);
    assertThat(state(never)).isInstanceOf(ContainerState.Exited.class);
  }

  @Test
  void whatDiedWithoutADaemonIsStartedAgain() throws Exception {
    var id = create(UNLESS_STOPPED);
    engine.containers().start(id);
    engine.close();
    sandboxes.running.clear();
    engine = LocalEngine.open(root, sandboxes);
    events = engine.events().subscribe(Optional.empty());
    if (!(state(id) instanceof ContainerState.Running)) {
      await("start");
    }
    assertThat(state(id)).isInstanceOf(ContainerState.Running.class);
  }

  @Test
  void aPausedContainerStaysSoOverADaemonsDeathAndGoesOn() {
    var id = create(RestartPolicy.NEVER);
    engine.containers().start(id);
    engine.containers().pause(id);
    assertThat(state(id)).isInstanceOf(ContainerState.Paused.class);
    assertThatThrownBy(() -> engine.containers().pause(id)).hasMessageContaining("already paused");
    assertThatThrownBy(() -> engine.containers().tasks(id)).hasMessageContaining("is paused");
    assertThat(engine.containers().stats(id)).contains(FakeSandboxes.STATS);
    reopen();
    assertThat(state(id)).isInstanceOf(ContainerState.Paused.class);
    engine.containers().unpause(id);
    assertThat(state(id)).isInstanceOf(ContainerState.Running.class);
    assertThat(machine().calls).containsExactly("pause", "pause", "unpause");
    assertThatThrownBy(() -> engine.containers().unpause(id)).hasMessageContaining("not paused");
  }

  @Test
  void aPausedContainerCanBeStoppedAndKilled() {
    var id = create(RestartPolicy.NEVER);
    engine.containers().start(id);
    engine.containers().pause(id);
    engine.containers().stop(id, Optional.empty(), Optional.empty());
    assertThat(state(id)).isInstanceOf(ContainerState.Exited.class);
    engine.containers().start(id);
    engine.containers().pause(id);
    engine.containers().kill(id, Signal.KILL);
    assertThat(state(id)).isInstanceOf(ContainerState.Exited.class);
    assertThatThrownBy(() -> engine.containers().pause(id)).hasMessageContaining("is not running");
  }

  @Test
  void aRenamedContainerIsFoundByItsNewNameOnlyAndAfterADaemonToo() {
    var id = create("old", RestartPolicy.NEVER);
    create("taken", RestartPolicy.NEVER);
    engine.containers().rename(id, "/new");
    reopen();
    assertThat(engine.containers().resolve("new")).isEqualTo(id);
    assertThatThrownBy(() -> engine.containers().resolve("old")).hasMessageContaining("No such");
    assertThatThrownBy(() -> engine.containers().rename(id, "taken"))
        .hasMessageContaining("already in use");
    assertThatThrownBy(() -> engine.containers().rename(id, "-"))
        .hasMessageContaining("Invalid container name");
    assertThat(engine.containers().resolve("new")).isEqualTo(id);
    create("old", RestartPolicy.NEVER);
  }

  @Test
  void anUpdateIsKeptUnlessTheMachineCannotHoldIt() {
    var id = create(RestartPolicy.NEVER);
    engine.containers().start(id);
    var limits =
        new Resources(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    var update = new ContainerUpdate(Optional.of(limits), Optional.of(ALWAYS), "{\"a\":1}");
    machine().refusal = Optional.of(new CaissonException(ErrorCode.CONFLICT, "too small"));
    assertThatThrownBy(() -> engine.containers().update(id, update)).hasMessage("too small");
    assertThat(engine.containers().inspect(id).request().restart()).isEqualTo(RestartPolicy.NEVER);
    machine().refusal = Optional.empty();
    engine.containers().update(id, update);
    reopen();
    var request = engine.containers().inspect(id).request();
    assertThat(request.restart()).isEqualTo(ALWAYS);
    assertThat(request.frontEnd()).isEqualTo("{\"a\":1}");
  }

  @Test
  void healthChecksTellWhatTheyFind() throws Exception {
    var check =
        new HealthCheck(
            List.of("probe"), Duration.ofMillis(1), SOON, Duration.ZERO, Duration.ofMillis(1), 2);
    var id = create("web", RestartPolicy.NEVER, Optional.of(check));
    sandboxes.whenExec = (number, process) -> process.end(number < 1 ? 0 : 1);
    engine.containers().start(id);
    await("health_status: healthy");
    await("health_status: unhealthy");
    var health = engine.containers().inspect(id).health().orElseThrow();
    assertThat(health.status()).isEqualTo(Health.Status.UNHEALTHY);
    assertThat(health.log()).hasSizeBetween(3, 5);
    guest().end(0);
    assertThat(engine.containers().inspect(id).health()).isEmpty();
  }

  private void await(String action) throws InterruptedException {
    var next = events.next(SOON).orElseThrow();
    while (!next.action().equals(action)) {
      next = events.next(SOON).orElseThrow();
    }
  }

  private ContainerId create(RestartPolicy policy) {
    return create("web", policy);
  }

  private ContainerId create(String name, RestartPolicy policy) {
    return create(name, policy, Optional.empty());
  }

  private ContainerId create(String name, RestartPolicy policy, Optional<HealthCheck> health) {
    var text =
        "{\"ociVersion\":\"1.0.2\",\"process\":{\"args\":[\"sh\"],\"cwd\":\"/\",\"user\":{}}}";
    var spec = Json.read(text.getBytes(StandardCharsets.UTF_8), Spec.class, "spec");
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
                false,
                false,
                Signal.TERM,
                SOON,
                false,
                policy,
                health,
                LogLimits.DEFAULT,
                Map.of(),
                "{}"));
    return id;
  }

  private FakeSandboxes.Fake machine() {
    return sandboxes.running.values().iterator().next();
  }

  private FakeSandboxes.FakeProcess guest() {
    return machine().process;
  }

  private ContainerState state(ContainerId id) {
    return engine.containers().inspect(id).state();
  }
}
