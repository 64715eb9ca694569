package caisson.vmm.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.vmm.VmNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class QemuVmmTest {
  @Test
  void runsAGuestAndClearsItAway() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      var vm = machines.start(VmNetwork.USER);
      Machines.awaitConsole(vm, TinyGuest.LINE);
      assertThat(vm.agentSocket()).exists();
      assertThat(vm.address().orElseThrow().mac()).startsWith("02:");
      vm.destroy();
      vm.destroy();
      assertThat(vm.awaitExit(Duration.ofSeconds(30))).isTrue();
    }
  }

  @Test
  void findsMachinesOfAnEarlierDaemon() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      var vm = machines.start(VmNetwork.USER);
      vm.release();
      var adopted = machines.laterVmm().adopt(vm.id()).orElseThrow();
      assertThat(adopted.pid()).isEqualTo(vm.pid());
      assertThat(adopted.address()).isEqualTo(vm.address());
      Machines.awaitConsole(adopted, TinyGuest.LINE);
      adopted.destroy();
      assertThat(machines.vmm().adopt(vm.id())).isEmpty();
    }
  }

  @Test
  void saysWhyAGuestEnded() throws Exception {
    try (var machines = Machines.of(TinyGuest.RESTARTS)) {
      var vm = machines.start(VmNetwork.NONE);
      var reason = new CompletableFuture<String>();
      vm.onExit(reason::complete);
      assertThat(reason.get(60, TimeUnit.SECONDS)).contains("restarted itself");
      assertThat(vm.consoleTail()).contains(TinyGuest.LINE);
      vm.destroy();
    }
  }

  @Test
  void keepsABoundedConsole() throws Exception {
    try (var machines = Machines.of(TinyGuest.FLOODS)) {
      var vm = machines.start(VmNetwork.NONE);
      var console = vm.agentSocket().resolveSibling("console");
      Machines.await(() -> Files.size(console) == BoundedFile.MAX_FILE);
      assertThat(vm.consoleTail()).contains(TinyGuest.LINE);
      assertThat(vm.awaitExit(Duration.ofMillis(200))).as("the flood ends the machine").isFalse();
      assertThat(Files.size(console)).isEqualTo(BoundedFile.MAX_FILE);
      vm.destroy();
    }
  }

  @Test
  void usesNoUserOfAnotherMachine() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      var vm = machines.start(VmNetwork.NONE);
      int uid = (int) Files.getAttribute(Path.of("/proc/" + vm.pid()), "unix:uid");
      var others = new VmUsers(new UserRange(uid, 1));
      assertThatThrownBy(others::take).hasMessageContaining("are in use");
      vm.destroy();
      assertThat(others.take()).isEqualTo(uid);
    }
  }

  @Test
  void saysWhatIsMissingAndWhatToDo() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      Files.delete(machines.config().kernel());
      assertThatThrownBy(() -> machines.start(VmNetwork.NONE))
          .isInstanceOfSatisfying(
              CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
          .hasMessageContaining(machines.config().kernel().toString())
          .hasMessageContaining("build it");
    }
  }

  @Test
  void saysWhatQemuSaysWhenItDoesNotStart() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      Files.writeString(machines.config().kernel(), "no kernel");
      assertThatThrownBy(() -> machines.start(VmNetwork.USER))
          .isInstanceOf(CaissonException.class)
          .hasMessageContaining("QEMU says: qemu");
    }
  }

  @Test
  void tellsTheEndOfAKilledVmm() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      var vm = machines.start(VmNetwork.NONE);
      var reason = new CompletableFuture<String>();
      ProcessHandle.of(vm.pid()).orElseThrow().destroyForcibly();
      vm.onExit(reason::complete);
      assertThat(reason.get(60, TimeUnit.SECONDS)).contains("ended unexpectedly");
      assertThat(machines.laterVmm().adopt(vm.id())).isEmpty();
      vm.destroy();
    }
  }

  @Test
  void sweepsWhatNobodyKnows() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      var kept = machines.start(VmNetwork.USER);
      var forgotten = machines.start(VmNetwork.USER);
      forgotten.release();
      var later = machines.laterVmm();
      assertThat(later.remains(Set.of(kept.id())))
          .extracting(found -> found.kind())
          .containsExactlyInAnyOrder("process", "process", "machine directory");
      later.sweep(Set.of(kept.id()));
      assertThat(later.remains(Set.of(kept.id()))).isEmpty();
      assertThat(kept.awaitExit(Duration.ZERO)).isFalse();
      kept.destroy();
    }
  }
}
