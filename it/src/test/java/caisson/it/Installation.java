package caisson.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build has made: see the system property {@code caisson.install}. */
final class Installation {
  private static final Path ROOT =
      Path.of(System.getProperty("caisson.install", "")).toAbsolutePath();

  private Installation() {}

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
