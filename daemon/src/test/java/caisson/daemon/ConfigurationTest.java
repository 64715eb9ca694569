package caisson.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.ByteSize;
import caisson.vmm.qemu.AcceleratorChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir private Path directory;

  private Configuration read(String text) throws IOException {
    return Configuration.read(Files.writeString(directory.resolve("caisson.conf"), text));
  }

  @Test
  void aFileThatIsNotThereSaysNothing() {
    var usual = Configuration.read(directory.resolve("none"));
    assertThat(usual.kernel()).isEmpty();
    assertThat(usual.accelerator()).isEqualTo(AcceleratorChoice.AUTO);
    assertThat(usual.disk()).isEqualTo(ByteSize.ofGib(10));
  }

  @Test
  void everyKeyIsRead() throws IOException {
    var read = read("# mine\n\nkernel = /boot/guest\naccelerator=tcg\n  disk = 2g \n");
    assertThat(read.kernel()).contains(Path.of("/boot/guest"));
    assertThat(read.accelerator()).isEqualTo(AcceleratorChoice.TCG);
    assertThat(read.disk()).isEqualTo(ByteSize.ofGib(2));
  }

  @Test
  void whatCannotBeMeantIsRefusedWithItsLine() {
    assertThatThrownBy(() -> read("disk = 1g\nkernle = /x"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("kernle");
    assertThatThrownBy(() -> read("accelerator = xen"))
        .hasMessageContaining("line 1")
        .hasMessageContaining("xen");
    assertThatThrownBy(() -> read("disk = much")).hasMessageContaining("much");
    assertThatThrownBy(() -> read("kernel")).hasMessageContaining("key = value");
  }
}
