package caisson.vmm.qemu;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What machines are made with.
 *
 * @param launcher caisson-launch
 * @param kernel the guest's vmlinux
 * @param initramfs what the kernel unpacks and starts
 * @param qemu qemu-system-x86_64
 * @param slirp slirp4netns
 * @param runDirectory machines' directories are made in {@code vms} below it; short, because the
 *     paths of sockets are limited to 107 bytes; best on a tmpfs
 * @param cacheDirectory keeps what was found out about the host
 * @param users for a daemon that is root: who machines run as; empty if they run as the caller, an
 *     ordinary user
 * @param clones whether machines go on from templates where they can, instead of booting
 */
public record QemuConfig(
    Path launcher,
    Path kernel,
    Path initramfs,
    Path qemu,
    Path slirp,
    Path runDirectory,
    Path cacheDirectory,
    Optional<UserRange> users,
    AcceleratorChoice accelerator,
    boolean clones) {
  private static final Path PROGRAMS = Path.of("/usr/bin");

  public QemuConfig {
    runDirectory = runDirectory.toAbsolutePath().normalize();
  }

  /**
   * The usual: what the installation holds, the distribution's programs, the accelerator found out.
   *
   * @param install the installation's directory
   * @param root whether the daemon is root
   */
  public static QemuConfig of(Path install, Path runDirectory, Path cacheDirectory, boolean root) {
    return new QemuConfig(
        install.resolve("bin/caisson-launch"),
        install.resolve("guest/vmlinux"),
        install.resolve("guest/initramfs.cpio"),
        PROGRAMS.resolve("qemu-system-x86_64"),
        PROGRAMS.resolve("slirp4netns"),
        runDirectory,
        cacheDirectory,
        root ? Optional.of(UserRange.DEFAULT) : Optional.empty(),
        AcceleratorChoice.AUTO,
        true);
  }

  /** The same, with machines that all boot. */
  public QemuConfig withoutClones() {
    return new QemuConfig(
        launcher,
        kernel,
        initramfs,
        qemu,
        slirp,
        runDirectory,
        cacheDirectory,
        users,
        accelerator,
        false);
  }
}
