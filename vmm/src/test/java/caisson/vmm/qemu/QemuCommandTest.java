package caisson.vmm.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.launch.spec.PassedFile;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QemuCommandTest {
  private static final VmId ID = new VmId("0123456789abcdef");
  private static final VmDirectory DIRECTORY = VmDirectory.of(Path.of("/run/caisson/vms"), ID);

  private static final List<VmDisk> DISKS =
      List.of(
          new VmDisk("writable", Path.of("/data/writable"), false),
          new VmDisk("layer0", Path.of("/data/bottom"), true));

  private static QemuCommand command(List<VmDisk> disks, Accelerator accelerator) {
    var spec = new VmSpec(ID, ByteSize.ofMib(512), 2, VmNetwork.USER, disks, List.of());
    return QemuCommand.of(spec, DIRECTORY, accelerator, Boot.COLD, new Shares(spec.shares(), true));
  }

  @Test
  void isTheOneThatIsAgreedOn() throws IOException {
    try (var golden = QemuCommandTest.class.getResourceAsStream("command.txt")) {
      var expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      var actual = String.join("\n", command(DISKS, Accelerator.TCG).arguments()) + "\n";
      assertThat(actual).isEqualTo(expected);
    }
  }

  @Test
  void passesEachFileWithTheAccessThatItsDiskAllows() {
    assertThat(command(DISKS, Accelerator.TCG).files())
        .containsExactly(
            new PassedFile(
                "console", "/run/caisson/vms/" + ID + "/console", PassedFile.Access.APPEND),
            new PassedFile("disk1", "/data/bottom", PassedFile.Access.READ),
            new PassedFile("disk2", "/data/writable", PassedFile.Access.READ_WRITE));
  }

  @Test
  void takesEverySlotWhateverTheMachineIs() {
    for (var accelerator : Accelerator.values()) {
      assertThat(command(List.of(), accelerator).arguments())
          .filteredOn(word -> word.contains("virtio-mmio-bus."))
          .hasSize(Slot.values().length)
          .extracting(word -> word.replaceFirst(".*bus=([^,]*).*", "$1"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void choosesTheAccelerator() {
    assertThat(command(List.of(), Accelerator.KVM).arguments()).containsSequence("-accel", "kvm");
  }

  @Test
  void refusesSerialsThatAGuestCouldNotSee() {
    for (var serial : List.of("", "a,b", "a b", "layer/0", "x".repeat(21))) {
      assertThatThrownBy(() -> new VmDisk(serial, Path.of("/data/x"), true))
          .isInstanceOf(CaissonException.class);
    }
    assertThat(new VmDisk("x".repeat(20), Path.of("/data/x"), true).serial()).hasSize(20);
  }
}
