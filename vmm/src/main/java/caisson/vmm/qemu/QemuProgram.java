package caisson.vmm.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** QEMU's program file. */
record QemuProgram(Path file) {
  private static final String BEFORE_VERSION = "QEMU emulator version ";

  /** What tells builds apart without running them. */
  String build() throws IOException {
    var real = file.toRealPath();
    return real + " " + Files.size(real) + " " + Files.getLastModifiedTime(real);
  }

  /** Its version as it prints it, for example "7.2.22 (Debian 1:7.2+dfsg-7)". */
  String version() throws IOException {
    var process =
        new ProcessBuilder(file.toString(), "--version")
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    try (var out = process.getInputStream()) {
      var text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().findFirst().orElse("").replace(BEFORE_VERSION, "").strip();
    }
  }
}
