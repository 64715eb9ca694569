package caisson.vmm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.launch.spec.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KvmTest {
  @BeforeEach
  void needsTheDevice() {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/kvm")), "the host has no /dev/kvm");
  }

  /** A host that is itself a virtual machine may know the MSR and yet refuse to set it. */
  @Test
  void carriesAGuestInTheSamePlace() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES);
        var place = Place.of(machines, Accelerator.KVM)) {
      var program = place.description().program();
      var arguments =
          program.arguments().stream()
              .map(word -> word.equals("max") ? "max,-arch-capabilities" : word)
              .toList();
      var changed = new Program(program.path(), arguments, program.environment());
      var running =
          place.start(Place.with(place.description(), changed, place.description().jail()));
      Machines.await(() -> place.directory().console().tail().contains(TinyGuest.LINE));
      VmProcesses.kill(running.qemu());
    }
  }

  @Test
  void isNotUsedWhereAProbeDoesNotComeUp() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES, AcceleratorChoice.AUTO)) {
      var status = machines.vmm().status();
      assertThat(status.accelerator()).isEqualTo("tcg");
      assertThat(status.reason()).startsWith("/dev/kvm is there, but a probe guest");
      assertThat(machines.config().cacheDirectory().resolve("accelerator.json"))
          .content()
          .contains("host kernel", "TCG");
      assertThat(machines.laterVmm().status().reason()).isEqualTo(status.reason());
    }
  }
}
