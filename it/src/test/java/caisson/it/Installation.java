package caisson.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build has made: see the system property {@code caisson.install}. */
final class Installation {
  private static final Path ROOT =
      Path.of(System.getProperty("caisson.install", "")).toAbsolutePath();

  private Installation() {}

  /**
   * Copies the installation to {@code directory}, as that of another build: its programs are there
   * and name nothing here.
   */
  static void copyTo(Path directory) {
    var original = file(".");
    Command.of("cp", "-a", original + "/.", directory.toString()).run().ok();
    try (var programs = Files.list(directory.resolve("bin"))) {
      for (var program : programs.toList()) {
        var text = Files.readString(program, StandardCharsets.ISO_8859_1);
        if (text.startsWith("#!")) {
          // A cache is for the very files that it was made of.
          var moved =
              text.replaceAll("-XX:AOTCache=\\S+", "")
                  .replace(original.toString(), directory.toString());
          Files.writeString(program, moved, StandardCharsets.ISO_8859_1);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A file of the installation, which must be there, by its real name: a later build has another.
   */
  static Path file(String name) {
    var file = ROOT.resolve(name);
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          file + " is missing: these tests run on what ./test or ./caisson has built");
    }
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
