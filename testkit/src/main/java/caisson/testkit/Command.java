package caisson.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** Runs a program of the host to its end, in the locale C.UTF-8. */
public final class Command {
  private Command() {}

  /**
   * Runs {@code command} and returns what it wrote to its standard output, one char a byte.
   *
   * @throws AssertionError with what it said if it fails
   */
  public static String run(List<String> command) {
    try {
      var errors = Files.createTempFile("command", ".stderr");
      try {
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        int code = process.waitFor();
        if (code != 0) {
          throw new AssertionError(
              command + " ended with " + code + ": " + Files.readString(errors));
        }
        return new String(output, StandardCharsets.ISO_8859_1);
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new AssertionError("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while running " + command, e);
    }
  }

  public static String run(String... command) {
    return run(List.of(command));
  }
}
