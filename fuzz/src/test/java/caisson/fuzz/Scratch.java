package caisson.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A directory for one target's files, which goes with the JVM. */
public record Scratch(Path directory) {
  public static Scratch make() {
    try {
      var scratch = new Scratch(Files.createTempDirectory("caisson-fuzz"));
      Runtime.getRuntime().addShutdownHook(new Thread(scratch::remove));
      return scratch;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes what is in {@code directory}, whatever it leads to. */
  public static void empty(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(directory)) {
          Files.delete(file);
        }
      }
    }
  }

  private void remove() {
    try {
      empty(directory);
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
