package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program caisson-launch: a description goes in, and what it prints comes out. */
record Launcher(Path program) {
  private static final long LIMIT_SECONDS = 30;

  /**
   * Runs it for the machine in {@code directory}.
   *
   * @param what in an error, as in "the machine did not start"
   * @param arguments behind the mark by which the machine's processes are found
   * @throws CaissonException VM_FAILED with the program's words if it cannot do it
   */
  String run(VmDirectory directory, byte[] description, String what, String... arguments) {
    var command = new ArrayList<>(List.of(program.toString(), VmProcesses.mark(directory)));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    try {
      return run(builder, description, what);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.VM_FAILED, "cannot run " + program + ": " + e.getMessage(), e);
    }
  }

  private static String run(ProcessBuilder builder, byte[] description, String what)
      throws IOException {
    var process = builder.start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(description);
    }
    if (!await(process)) {
      process.destroyForcibly();
      throw new CaissonException(
          ErrorCode.TIMEOUT, "caisson-launch has not ended in " + LIMIT_SECONDS + " s");
    }
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new CaissonException(
          ErrorCode.VM_FAILED,
          what + ": " + (err.isBlank() ? "caisson-launch failed" : err.strip()));
    }
    return out;
  }

  private static boolean await(Process process) {
    try {
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new CaissonException(ErrorCode.UNAVAILABLE, "interrupted while caisson-launch runs");
    }
  }
}
