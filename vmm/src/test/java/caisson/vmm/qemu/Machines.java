package caisson.vmm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.base.ByteSize;
import caisson.vmm.Vm;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Machines of one test, in a directory of its own; closing it fails if any has left something, and
 * clears that away.
 */
final class Machines implements AutoCloseable {
  private static final Path LAUNCHER =
      Path.of("../native/launch/target/caisson-launch").toAbsolutePath().normalize();
  private static final long PATIENCE_SECONDS = 60;

  private final Path directory;
  private final QemuConfig config;
  private final QemuVmm vmm;

  private Machines(Path directory, QemuConfig config) {
    this.directory = directory;
    this.config = config;
    this.vmm = new QemuVmm(config);
  }

  /** Machines that run {@code guest}. */
  static Machines of(TinyGuest guest) throws IOException {
    return of(guest, AcceleratorChoice.TCG);
  }

  static Machines of(TinyGuest guest, AcceleratorChoice accelerator) throws IOException {
    Assumptions.assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "only root gives machines users of their own");
    var directory = Files.createTempDirectory("vmm");
    var initramfs = Files.write(directory.resolve("initramfs"), new byte[512]);
    return of(directory, guest.write(directory.resolve("kernel")), initramfs, accelerator);
  }

  private static Machines of(
      Path directory, Path kernel, Path initramfs, AcceleratorChoice accelerator) {
    var config =
        new QemuConfig(
            LAUNCHER,
            kernel,
            initramfs,
            Path.of("/usr/bin/qemu-system-x86_64"),
            Path.of("/usr/bin/slirp4netns"),
            directory.resolve("run"),
            directory.resolve("cache"),
            Optional.of(UserRange.DEFAULT),
            accelerator);
    return new Machines(directory, config);
  }

  /** A daemon's view of the machines. */
  QemuVmm vmm() {
    return vmm;
  }

  /** What a daemon that starts after another sees. */
  QemuVmm laterVmm() {
    return new QemuVmm(config);
  }

  QemuConfig config() {
    return config;
  }

  Path directory() {
    return directory;
  }

  static VmSpec spec(VmNetwork network, VmDisk... disks) {
    return new VmSpec(VmId.random(), ByteSize.ofMib(128), 1, network, List.of(disks));
  }

  QemuVm start(VmNetwork network, VmDisk... disks) {
    return vmm.start(spec(network, disks));
  }

  /** Waits until the console holds {@code text}; QEMU writes it into a file and tells nobody. */
  static void awaitConsole(Vm vm, String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!vm.consoleTail().contains(text)) {
      assertThat(System.nanoTime()).as(() -> "console: " + vm.consoleTail()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      assertThat(vmm.remains(Set.of())).isEmpty();
    } finally {
      vmm.sweep(Set.of());
      caisson.linux.DurableFiles.deleteTree(directory);
    }
  }
}
