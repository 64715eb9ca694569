package caisson.engine.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.NameResolution;
import caisson.engine.sandbox.Neighbour;
import caisson.engine.sandbox.RootFiles;
import caisson.engine.sandbox.Sandbox;
import caisson.engine.sandbox.SandboxRequest;
import caisson.engine.sandbox.SandboxRequest.Kept;
import caisson.engine.sandbox.Tenant;
import caisson.engine.sandbox.Uplink;
import caisson.guest.protocol.Command;
import caisson.oci.runtime.Spec;
import caisson.vmm.agent.AgentTimeouts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several containers in one machine. */
@Timeout(60)
final class SharedMachineTest {
  private static final ContainerId FIRST = new ContainerId("a".repeat(64));
  private static final ContainerId SECOND = new ContainerId("b".repeat(64));

  @TempDir Path directory;
  private final EventRecorder firstEvents = new EventRecorder();
  private final EventRecorder secondEvents = new EventRecorder();
  private FakeVmm vmm;
  private FakeVmm.Fake vm;
  private Sandbox first;

  @BeforeEach
  void make() {
    vmm =
        new FakeVmm(
            directory,
            (process, setup) -> {
              if (setup.arguments().getFirst().equals("exit")) {
                process.exit(7);
              } else {
                process.awaitEnd();
              }
            });
    first = newDaemon().prepare(request(FIRST, TestSpecs.command("sleep")), firstEvents);
    vm = vmm.only();
  }

  private VmSandboxes newDaemon() {
    return new VmSandboxes(vmm, new FakeImages(), MachineNetworks.USER, AgentTimeouts.DEFAULT);
  }

  private SandboxRequest request(ContainerId id, Spec spec) {
    return new SandboxRequest(
        id,
        spec,
        new RootFiles.OfHost(Path.of("/srv", id.value().substring(0, 1))),
        Uplink.NONE,
        List.of(),
        List.of(),
        false,
        true,
        NameResolution.DEFAULT,
        directory,
        Map.of(),
        Kept.NOTHING);
  }

  private Sandbox join(String... command) {
    var neighbours = List.of(new Neighbour(FIRST, List.of("ipc", "uts")));
    return first.join(request(SECOND, TestSpecs.command(command)), neighbours, secondEvents);
  }

  private List<String> said() {
    return vm.agent.commands().stream().map(it -> it.getClass().getSimpleName()).toList();
  }

  @Test
  void aFurtherContainerBringsItsFilesAndJoinsNamespaces() {
    var second = join("sleep");
    assertThat(second.vm()).isEqualTo(first.vm());
    assertThat(second.process()).isGreaterThan(first.process());
    assertThat(vm.calls).contains("share late" + second.process() + "x0 /srv/b");
    var joined = (Command.JoinContainer) vm.agent.commands().getLast();
    assertThat(joined.shared())
        .containsExactly(new Command.SharedNamespaces(FIRST.value(), 0xc00_0000));
    assertThat(joined.container().start()).isFalse();
    assertThat(joined.container().mounts().getFirst().source())
        .isEqualTo("late" + second.process() + "x0");
  }

  @Test
  void theMachineEndsWithTheLastOfThem() {
    var second = join("sleep");
    first.shutDown();
    assertThat(said()).endsWith("DeleteContainer").doesNotContain("Shutdown");
    assertThat(vm.calls).endsWith("unshare share0");
    first.discard();
    second.shutDown();
    assertThat(said()).endsWith("Shutdown");
    assertThat(vmm.running).isEmpty();
  }

  @Test
  void oneThatIsDiscardedLeavesTheOthersAlone() {
    var second = join("sleep");
    second.discard();
    assertThat(said()).endsWith("DeleteContainer");
    assertThat(vm.calls).endsWith("unshare late" + second.process() + "x0");
    first.discard();
    assertThat(vmm.running).isEmpty();
  }

  @Test
  void nobodyComesIntoAMachineThatIsEnding() {
    first.shutDown();
    assertThatThrownBy(() -> join("sleep"))
        .isInstanceOfSatisfying(
            CaissonException.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.CONFLICT))
        .hasMessageContaining("is ending");
  }

  @Test
  void aLimitThatTheMachineCannotHoldIsRefused() {
    var spec =
        TestSpecs.spec(json -> json.withObject("/linux/resources/memory").put("limit", 1L << 40));
    assertThatThrownBy(() -> first.join(request(SECOND, spec), List.of(), secondEvents))
        .hasMessageContaining("a memory limit of 1099511627776 bytes does not fit");
    assertThat(said()).doesNotContain("JoinContainer");
    first.shutDown();
    assertThat(vmm.running).isEmpty();
  }

  @Test
  void vcpusStopOnlyForAContainerThatIsAlone() {
    var second = join("sleep");
    first.pause();
    assertThat(vm.calls).doesNotContain("pause");
    first.unpause();
    second.discard();
    first.pause();
    assertThat(vm.calls).endsWith("pause");
    join("sleep");
    assertThat(vm.calls).contains("resume");
  }

  @Test
  void aLaterDaemonTakesAllOfThemOver() throws Exception {
    var second = join("exit");
    assertThat(secondEvents.awaitEnd().code()).isEqualTo(7);
    first.leave();
    second.leave();
    var laterFirst = new EventRecorder();
    var adopted =
        newDaemon()
            .adopt(
                first.vm(),
                List.of(
                    new Tenant(request(FIRST, TestSpecs.command("sleep")), 1, laterFirst),
                    new Tenant(
                        request(SECOND, TestSpecs.command("exit")),
                        second.process(),
                        new EventRecorder())))
            .orElseThrow();
    assertThat(adopted).hasSize(2);
    adopted.getLast().shutDown();
    assertThat(said()).endsWith("DeleteContainer");
    adopted.getFirst().shutDown();
    assertThat(vmm.running).isEmpty();
  }
}
