package caisson.it;

import java.nio.file.Files;
import java.nio.file.Path;

/** The small programs of these tests that run in guests, under src/test/c. */
final class CProgram {
  private static final Path SOURCES = Path.of("src/test/c");
  private static final Path BUILT = Path.of("target/c");

  private CProgram() {}

  /** The static program of that name, compiled if it is not there. */
  static Path built(String name) {
    var program = BUILT.resolve(name);
    if (!Files.exists(program)) {
      Command.of("mkdir", "-p", BUILT.toString()).run().ok();
      var source = SOURCES.resolve(name + ".c").toString();
      Command.of("gcc", "-O1", "-Wall", "-Werror", "-static", "-o", program.toString(), source)
          .run()
          .ok();
    }
    return program;
  }
}
