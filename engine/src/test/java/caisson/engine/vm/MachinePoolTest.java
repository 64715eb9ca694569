package caisson.engine.vm;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.NetworkMode;
import caisson.engine.sandbox.Sandbox;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.ProcessSetup;
import caisson.testkit.FakeProcess;
import caisson.vmm.VmDisk;
import caisson.vmm.VmSpec;
import caisson.vmm.agent.AgentTimeouts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class MachinePoolTest {
  @TempDir Path directory;
  private FakeVmm vmm;
  private VmSandboxes sandboxes;

  @BeforeEach
  void make() {
    vmm = new FakeVmm(directory, MachinePoolTest::program);
    vmm.clones = true;
    sandboxes =
        new VmSandboxes(
            vmm,
            new FakeImages(),
            MachineNetworks.USER,
            AgentTimeouts.DEFAULT,
            directory.resolve("cache"),
            1);
  }

  @AfterEach
  void close() {
    sandboxes.close();
    assertThat(sandboxes.leaks(Set.of())).isEmpty();
  }

  private static void program(FakeProcess process, ProcessSetup setup) throws InterruptedException {
    if (setup.arguments().getFirst().equals("/rehearse")) {
      process.exit(0);
    } else {
      process.awaitEnd();
    }
  }

  private Sandbox start() {
    return sandboxes.start(
        TestSpecs.request(TestSpecs.command("sleep"), directory, NetworkMode.NONE, 0),
        new EventRecorder());
  }

  /** The machine that waits, when it does. */
  private FakeVmm.Fake awaitReady() throws InterruptedException {
    while (sandboxes.waiting().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return Objects.requireNonNull(vmm.running.get(sandboxes.waiting().iterator().next()));
  }

  @Test
  void aContainerGetsTheMachineThatWaits() throws Exception {
    var first = start();
    var waiting = awaitReady();
    assertThat(sandboxes.leaks(Set.of(first.vm()))).isEmpty();
    var second = start();
    assertThat(second.vm()).isEqualTo(waiting.id().value());
    assertThat(waiting.assigned)
        .extracting(VmDisk::serial)
        .containsExactly("layer0", "layer1", "other-writable");
    first.discard();
    second.discard();
  }

  private static Path file(FakeVmm.Fake machine, String serial, List<VmSpec> specs) {
    return specs.stream()
        .filter(spec -> spec.id().equals(machine.id()))
        .flatMap(spec -> spec.disks().stream())
        .filter(disk -> disk.serial().equals(serial))
        .findFirst()
        .orElseThrow()
        .image();
  }

  @Test
  void theDiskThatItHasMountedBecomesTheContainers() throws Exception {
    var first = start();
    var waiting = awaitReady();
    var spare = file(waiting, "writable", vmm.specs);
    assertThat(spare).exists();
    assertThat(waiting.agent.commands()).contains(new Command.MountDisk("writable"));
    Files.delete(directory.resolve("writable.ext4"));
    var second = start();
    assertThat(second.vm()).isEqualTo(waiting.id().value());
    assertThat(spare).doesNotExist();
    assertThat(directory.resolve("writable.ext4")).exists();
    assertThat(waiting.assigned).extracting(VmDisk::serial).containsExactly("layer0", "layer1");
    first.discard();
    second.discard();
  }

  @Test
  void aContainerThatHasADiskKeepsIt() throws Exception {
    var first = start();
    var waiting = awaitReady();
    var spare = file(waiting, "writable", vmm.specs);
    Files.writeString(directory.resolve("writable.ext4"), "what a container wrote");
    var second = start();
    assertThat(second.vm()).isEqualTo(waiting.id().value());
    assertThat(directory.resolve("writable.ext4")).hasContent("what a container wrote");
    first.discard();
    second.discard();
    assertThat(spare).doesNotExist();
  }

  @Test
  void whatTheGuestIsGivenIsGivenAnew() throws Exception {
    var first = start();
    var waiting = awaitReady();
    var second = start();
    var given =
        waiting.agent.commands().stream()
            .filter(Command.Configure.class::isInstance)
            .map(Command.Configure.class::cast)
            .toList();
    assertThat(given).hasSize(2);
    assertThat(given.getFirst().entropy()).isNotEqualTo(given.getLast().entropy());
    assertThat(given.getLast().hostName()).isEqualTo("runc");
    first.discard();
    second.discard();
  }

  @Test
  void aMachineThatDiedWhileItWaitedIsNotGivenToAnybody() throws Exception {
    var first = start();
    var waiting = awaitReady();
    waiting.end("somebody killed it");
    waiting.awaitCleared();
    var second = start();
    assertThat(second.vm()).isNotEqualTo(waiting.id().value());
    first.discard();
    second.discard();
  }

  @Test
  void aMachineThatTakesNoDisksIsReplacedByOneThatBoots() throws Exception {
    var first = start();
    var waiting = awaitReady();
    waiting.refusal =
        Optional.of(new CaissonException(ErrorCode.VM_FAILED, "QEMU refused blockdev-add"));
    var second = start();
    assertThat(second.vm()).isNotEqualTo(waiting.id().value());
    assertThat(vmm.running).doesNotContainKey(waiting.id());
    first.discard();
    second.discard();
  }

  @Test
  void nothingWaitsWhereMachinesBoot() {
    vmm.clones = false;
    var only = start();
    sandboxes.close();
    assertThat(vmm.specs).hasSize(1);
    only.discard();
  }
}
