package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.vmm.VmNetwork;
import java.nio.file.Files;
import java.nio.file.Path;

/** What has to be on the host for a machine to start. */
final class Requirements {
  private static final Path TUN = Path.of("/dev/net/tun");

  private Requirements() {}

  /**
   * Looks whether everything is there.
   *
   * @throws CaissonException UNSUPPORTED with what is missing and what to do
   */
  static void check(QemuConfig config, VmNetwork network) {
    var build = "build it: ./caisson does so when it starts";
    requireProgram("caisson-launch", config.launcher(), build);
    require("the guest's kernel", config.kernel(), build);
    require("the guest's initramfs", config.initramfs(), build);
    requireProgram("QEMU", config.qemu(), "install the package qemu-system-x86");
    switch (network) {
      case VmNetwork.None _, VmNetwork.Bridge _, VmNetwork.Namespace _ -> {}
      case VmNetwork.User() ->
          requireProgram("slirp4netns", config.slirp(), "install the package slirp4netns");
    }
    if (!Files.isReadable(TUN) || !Files.isWritable(TUN)) {
      throw missing(
          TUN + " cannot be opened",
          "load the module tun, and let the daemon's user read and write the device");
    }
  }

  private static void require(String what, Path file, String remedy) {
    if (!Files.isReadable(file)) {
      throw missing(what + " is missing or unreadable at " + file, remedy);
    }
  }

  private static void requireProgram(String what, Path file, String remedy) {
    if (!Files.isExecutable(file)) {
      throw missing(what + " is missing or not executable at " + file, remedy);
    }
  }

  private static CaissonException missing(String what, String remedy) {
    return new CaissonException(
        ErrorCode.UNSUPPORTED, "cannot start a machine: " + what + "; " + remedy);
  }
}
