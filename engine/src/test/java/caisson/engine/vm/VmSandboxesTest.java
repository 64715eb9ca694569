package caisson.engine.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Leak;
import caisson.engine.NetworkMode;
import caisson.engine.Signal;
import caisson.engine.TerminalSize;
import caisson.engine.sandbox.ProcessEvents;
import caisson.engine.sandbox.Sandbox;
import caisson.engine.sandbox.SandboxRequest;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.ProcessSetup;
import caisson.guest.protocol.Stream;
import caisson.testkit.FakeProcess;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.agent.AgentTimeouts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class VmSandboxesTest {
  @TempDir Path directory;
  private FakeVmm vmm;
  private VmSandboxes sandboxes;
  private final EventRecorder events = new EventRecorder();

  @BeforeEach
  void make() {
    vmm = new FakeVmm(directory, VmSandboxesTest::program);
    sandboxes = newDaemon();
  }

  private VmSandboxes newDaemon() {
    return new VmSandboxes(vmm, new FakeImages(), MachineNetworks.USER, AgentTimeouts.DEFAULT);
  }

  private static void program(FakeProcess process, ProcessSetup setup) throws InterruptedException {
    var arguments = setup.arguments();
    switch (arguments.getFirst()) {
      case "echo" -> process.write(Stream.STDOUT, bytes(arguments.getLast()));
      case "cat" -> {
        for (byte[] read = process.read(); read.length > 0; read = process.read()) {
          process.write(Stream.STDOUT, read);
        }
      }
      case "exhaust" -> process.kill(9, true);
      case "exit" -> process.exit(Integer.parseInt(arguments.getLast()));
      default -> process.awaitEnd();
    }
  }

  @Test
  void aMachineHasTheLayersAndTheContainersDisk() {
    start(NetworkMode.NONE, "sleep");
    var disk = directory.resolve("writable.ext4");
    var spec = vmm.specs.getFirst();
    assertThat(spec.disks())
        .containsExactly(
            new VmDisk("layer0", FakeImages.LAYERS.getFirst(), true),
            new VmDisk("layer1", FakeImages.LAYERS.getLast(), true),
            new VmDisk("writable", disk, false));
    assertThat(disk).hasSize(ByteSize.ofMib(64).bytes());
    assertThat(spec.memory()).isEqualTo(ByteSize.ofGib(2));
    assertThat(spec.network()).isEqualTo(VmNetwork.NONE);
  }

  @Test
  void theDiskIsKeptForTheNextStartAndAHalfMadeOneIsNot() throws Exception {
    Files.writeString(directory.resolve("writable.ext4.unfinished"), "half");
    start(NetworkMode.NONE, "sleep").discard();
    var disk = directory.resolve("writable.ext4");
    assertThat(disk).hasSize(ByteSize.ofMib(64).bytes());
    Files.writeString(disk, "what a container wrote");
    start(NetworkMode.NONE, "sleep");
    assertThat(disk).hasContent("what a container wrote");
  }

  @Test
  void theGuestIsGivenWhatNoTwoMayShare() {
    start(NetworkMode.USER, "sleep").discard();
    start(NetworkMode.USER, "sleep");
    var configured = (Command.Configure) vmm.only().agent.commands().getFirst();
    assertThat(configured.hostName()).isEqualTo("runc");
    assertThat(configured.entropy()).hasSize(64).isNotEqualTo(new byte[64]);
    assertThat(configured.gateways()).containsExactly("10.0.2.2", "fd00::1");
    assertThat(configured.interfaces())
        .containsExactly(
            new Command.Interface(
                "eth0", "52:54:00:00:00:01", List.of("10.0.2.100/24", "fd00::2/64"), 1500));
  }

  @Test
  void outputAndEndAreTold() throws Exception {
    start(NetworkMode.NONE, "echo", "hello");
    assertThat(events.awaitEnd()).isEqualTo(new ProcessEvents.End(0, false, Optional.empty()));
    assertThat(events.stdout()).isEqualTo("hello");
  }

  @Test
  void exitCodesSignalsAndExhaustionAreToldApart() throws Exception {
    assertThat(endOf("exit", "42")).isEqualTo(new ProcessEvents.End(42, false, Optional.empty()));
    assertThat(endOf("exhaust")).isEqualTo(new ProcessEvents.End(137, true, Optional.empty()));
  }

  private ProcessEvents.End endOf(String... command) throws Exception {
    var recorder = new EventRecorder();
    sandboxes.start(request(NetworkMode.NONE, 0, command), recorder);
    return recorder.awaitEnd();
  }

  @Test
  void aProcessIsSteered() throws Exception {
    var process = start(NetworkMode.NONE, "cat").init();
    assertThat(process.pid()).isEqualTo(1001);
    process.write(bytes("input"), 0, 5);
    process.resize(new TerminalSize(24, 80));
    process.signal(new Signal(15));
    assertThat(events.awaitEnd().code()).isEqualTo(128 + 15);
  }

  @Test
  void aSignalToAProcessThatIsGoneIsAConflict() throws Exception {
    var sandbox = start(NetworkMode.NONE, "sleep");
    var exec = new EventRecorder();
    var process = sandbox.exec(TestSpecs.command("exit", "3").process().orElseThrow(), true, exec);
    assertThat(exec.awaitEnd().code()).isEqualTo(3);
    assertThatThrownBy(() -> process.signal(new Signal(15)))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
  }

  @Test
  void aMissingCommandIsToldAndNothingIsLeft() {
    assertThatThrownBy(() -> start(NetworkMode.NONE, "missing"))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.COMMAND_NOT_FOUND));
    assertThat(vmm.running).isEmpty();
  }

  @Test
  void whatTheSpecMayNotAskForIsRefusedBeforeAMachineStarts() {
    var spec =
        TestSpecs.spec(json -> json.withArray("/hooks/prestart").addObject().put("path", "/x"));
    assertThatThrownBy(() -> sandboxes.start(TestSpecs.request(spec), events))
        .hasMessageContaining("hooks.prestart");
    assertThat(vmm.specs).isEmpty();
  }

  @Test
  void aMachineThatDiesEndsTheContainerWithTheReasonAndKeepsTheConsole() throws Exception {
    start(NetworkMode.NONE, "sleep");
    var vm = vmm.only();
    vm.console = "Kernel panic - not syncing: Fatal exception\n";
    vm.end("QEMU is gone");
    var end = events.awaitEnd();
    assertThat(end.code()).isEqualTo(137);
    assertThat(end.error().orElseThrow())
        .contains("kernel panicked (Fatal exception)")
        .contains("QEMU is gone");
    vm.awaitCleared();
    assertThat(directory.resolve("console.log")).hasContent(vm.console.strip());
    assertThat(vmm.running).isEmpty();
  }

  @Test
  void aGuestThatBreaksTheProtocolLosesItsMachineAndNobodyElseDoes() throws Exception {
    start(NetworkMode.NONE, "sleep");
    var broken = vmm.only();
    var other = new EventRecorder();
    var sandbox = sandboxes.start(request(NetworkMode.NONE, 0, "cat"), other);
    broken.agent.breakProtocol();
    assertThat(events.awaitEnd().error().orElseThrow()).contains("broke the protocol");
    broken.awaitCleared();
    sandbox.init().closeStdin();
    assertThat(other.awaitEnd()).isEqualTo(new ProcessEvents.End(0, false, Optional.empty()));
    assertThat(vmm.running.keySet()).extracting(VmId::value).containsExactly(sandbox.vm());
  }

  @Test
  void aShutDownAsksTheGuestAndLeavesNothing() throws Exception {
    var sandbox = start(NetworkMode.NONE, "echo", "x");
    events.awaitEnd();
    var agent = vmm.only().agent;
    sandbox.shutDown();
    assertThat(agent.commands().getLast()).isInstanceOf(Command.Shutdown.class);
    assertThat(vmm.running).isEmpty();
    assertThat(directory.resolve("console.log")).doesNotExist();
  }

  @Test
  void processesGoOnWhenNobodyHoldsThemAnyMore() {
    var sandbox = start(NetworkMode.NONE, "sleep");
    var agent = vmm.only().agent;
    sandbox.hold(true);
    sandbox.hold(true);
    sandbox.release(true);
    sandbox.release(true);
    sandbox.hold(true);
    sandbox.pause();
    sandbox.unpause();
    sandbox.release(true);
    assertThat(
            agent.commands().stream()
                .filter(Command.Freeze.class::isInstance)
                .map(it -> ((Command.Freeze) it).frozen()))
        .containsExactly(true, true, true, false, true, true, true, false);
  }

  @Test
  void aPausedMachineRunsOnlyWhileSomebodyWorksWithItsFiles() {
    var sandbox = start(NetworkMode.NONE, "sleep");
    var vm = vmm.only();
    sandbox.pause();
    sandbox.hold(false);
    sandbox.hold(true);
    sandbox.release(true);
    sandbox.release(false);
    assertThat(vm.calls).containsExactly("pause", "resume", "pause");
    sandbox.hold(false);
    sandbox.unpause();
    sandbox.pause();
    assertThat(vm.calls.subList(3, 5)).containsExactly("resume", "resume");
    sandbox.release(false);
    assertThat(vm.calls.subList(5, vm.calls.size())).containsExactly("pause");
    assertThat(
            vm.agent.commands().stream()
                .filter(Command.Freeze.class::isInstance)
                .map(it -> ((Command.Freeze) it).frozen()))
        .containsExactly(true, true, true, false, true);
  }

  @Test
  void aLaterDaemonGoesOnWhereTheLogStopped() throws Exception {
    var first = start(NetworkMode.NONE, "cat");
    first.init().write(bytes("one"), 0, 3);
    events.awaitOutput();
    first.leave();
    var later = new EventRecorder();
    var adopted =
        newDaemon().adopt(request(NetworkMode.NONE, 3, "cat"), first.vm(), later).orElseThrow();
    assertThat(adopted.pid()).isEqualTo(4711);
    adopted.init().write(bytes("two"), 0, 3);
    adopted.init().closeStdin();
    assertThat(later.awaitEnd().code()).isZero();
    assertThat(later.stdout()).isEqualTo("two");
    assertThat(events.hasEnded()).isFalse();
  }

  @Test
  void aMachineThatIsGoneIsNotAdopted() {
    var request = request(NetworkMode.NONE, 0, "cat");
    assertThat(sandboxes.adopt(request, "0123456789abcdef", events)).isEmpty();
  }

  @Test
  void whatBelongsToNobodyIsALeakAndSwept() {
    var sandbox = start(NetworkMode.NONE, "sleep");
    var mine = sandbox.vm();
    assertThat(sandboxes.leaks(Set.of(mine))).isEmpty();
    assertThat(sandboxes.leaks(Set.of())).containsExactly(new Leak("machine", mine));
    sandbox.leave();
    var vm = vmm.only();
    sandboxes.sweep(Set.of());
    assertThat(vmm.running).isEmpty();
    assertThat(vm.agent.commands().getLast()).isEqualTo(new Command.Shutdown());
  }

  @Test
  void anAbandonedMachineIsNoLeakWhileItIsClearedAway() {
    var sandbox = start(NetworkMode.NONE, "sleep");
    sandbox.abandon();
    assertThat(sandboxes.leaks(Set.of())).isEmpty();
    sandboxes.close();
    assertThat(vmm.running).isEmpty();
  }

  @Test
  void nobodyWaitsForTheShutdownOfAMachineThatIsAbandoned() throws Exception {
    var sandbox = start(NetworkMode.NONE, "sleep");
    sandbox.abandon();
    sandbox.shutDown();
    sandboxes.close();
    assertThat(vmm.running).isEmpty();
  }

  private Sandbox start(NetworkMode network, String... command) {
    return sandboxes.start(request(network, 0, command), events);
  }

  private SandboxRequest request(NetworkMode network, long written, String... command) {
    return TestSpecs.request(TestSpecs.command(command), directory, network, written);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
