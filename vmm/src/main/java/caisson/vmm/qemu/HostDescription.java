package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a guest's course depends on, outside of its own machine's description. */
record HostDescription(QemuConfig config) {
  /** The host's kernel and CPU, QEMU's build and the guest's kernel, a line each. */
  String text() {
    try {
      return String.join(
          "\n",
          "host kernel " + Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
          "QEMU " + new QemuProgram(config.qemu()).build(),
          "CPU " + cpuModel(),
          "guest kernel " + new GuestKernel(config.kernel()).digest());
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot find out what the host is: " + e.getMessage(), e);
    }
  }

  private static String cpuModel() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines.filter(line -> line.startsWith("model name")).findFirst().orElse("unknown");
    }
  }
}
