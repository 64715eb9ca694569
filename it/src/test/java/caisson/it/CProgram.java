package caisson.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small programs of these tests that run in guests, under src/test/c. */
final class CProgram {
  private static final Path SOURCES = Path.of("src/test/c");
  private static final Path BUILT = Path.of("target/c");

  private CProgram() {}

  /** The static program of that name, compiled if its source is newer. */
  static Path built(String name) {
    var program = BUILT.resolve(name);
    var source = SOURCES.resolve(name + ".c");
    if (isOlder(program, source)) {
      Command.of("mkdir", "-p", BUILT.toString()).run().ok();
      var to = program.toString();
      Command.of("gcc", "-O1", "-Wall", "-Werror", "-static-pie", "-o", to, source.toString())
          .run()
          .ok();
    }
    return program;
  }

  private static boolean isOlder(Path program, Path source) {
    try {
      return !Files.exists(program)
          || Files.getLastModifiedTime(program).compareTo(Files.getLastModifiedTime(source)) < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
