package caisson.vmm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.base.ByteSize;
import caisson.vmm.Vm;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
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

  private static final String PREPARATION =
      """
      #!/bin/busybox sh
      export PATH=/bin
      /bin/busybox --install -s /bin
      mount -t devtmpfs dev /dev
      mount -t proc proc /proc
      mount -t sysfs sys /sys
      """;

  private static final String REST = "while true; do sleep 1000; done\n";

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
    Assumptions.assumeTrue(isRoot(), "only root gives machines users of their own");
    var directory = Files.createTempDirectory("vmm");
    var initramfs = Files.write(directory.resolve("initramfs"), new byte[512]);
    var kernel = guest.write(directory.resolve("kernel"));
    return of(directory, LAUNCHER, kernel, initramfs, accelerator);
  }

  /** Machines whose Linux runs {@code script} as its first process, in busybox's shell. */
  static Machines ofScript(String script) throws IOException {
    return ofScript(script, LAUNCHER);
  }

  /** The same, started in the network namespace {@code host}. */
  static Machines ofScript(String script, HostNamespace host) throws IOException {
    return ofScript(script, host.launcher(LAUNCHER));
  }

  private static Machines ofScript(String script, Path launcher) throws IOException {
    var kernel = Path.of(System.getProperty("caisson.install", ""), "guest/vmlinux");
    var busybox = Path.of("/bin/busybox");
    Assumptions.assumeTrue(isRoot(), "only root gives machines users of their own");
    Assumptions.assumeTrue(Files.exists(kernel), () -> "no guest kernel has been built: " + kernel);
    Assumptions.assumeTrue(Files.exists(busybox), "the package busybox-static is not installed");
    var directory = Files.createTempDirectory("vmm");
    var initramfs = directory.resolve("initramfs");
    new GuestArchive()
        .directory("bin")
        .directory("dev")
        .directory("proc")
        .directory("sys")
        .console()
        .program("bin/busybox", Files.readAllBytes(busybox))
        .program("init", (PREPARATION + script + "\n" + REST).getBytes(StandardCharsets.UTF_8))
        .write(initramfs);
    return of(directory, launcher, kernel, initramfs, AcceleratorChoice.TCG);
  }

  /** Machines whose Linux runs the installation's agent. */
  static Machines ofAgent() throws IOException {
    var install = Path.of(System.getProperty("caisson.install", ""));
    var kernel = install.resolve("guest/vmlinux");
    Assumptions.assumeTrue(isRoot(), "only root gives machines users of their own");
    Assumptions.assumeTrue(Files.exists(kernel), () -> "no guest kernel has been built: " + kernel);
    var initramfs = install.resolve("guest/initramfs.cpio");
    return of(Files.createTempDirectory("vmm"), LAUNCHER, kernel, initramfs, AcceleratorChoice.TCG);
  }

  private static Machines of(
      Path directory, Path launcher, Path kernel, Path initramfs, AcceleratorChoice accelerator) {
    var config =
        new QemuConfig(
            launcher,
            kernel,
            initramfs,
            Path.of("/usr/bin/qemu-system-x86_64"),
            Path.of("/usr/bin/slirp4netns"),
            directory.resolve("run"),
            directory.resolve("cache"),
            Optional.of(UserRange.DEFAULT),
            accelerator,
            false);
    return new Machines(directory, config);
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
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
    return new VmSpec(VmId.random(), ByteSize.ofMib(128), 1, network, List.of(disks), List.of());
  }

  QemuVm start(VmNetwork network, VmDisk... disks) {
    return vmm.start(spec(network, disks));
  }

  /** Waits until the console holds {@code text}. */
  static void awaitConsole(Vm vm, String text) throws Exception {
    try {
      await(() -> vm.consoleTail().contains(text));
    } catch (AssertionError e) {
      throw new AssertionError("console without \"" + text + "\": " + vm.consoleTail(), e);
    }
  }

  /** Waits for what QEMU does to files, of which it tells nobody. */
  static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it has not come in " + PATIENCE_SECONDS + " s");
      }
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
