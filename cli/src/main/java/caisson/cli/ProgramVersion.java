package caisson.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of this program, which the build writes down. */
final class ProgramVersion {
  private ProgramVersion() {}

  static String read() {
    try (var resource = ProgramVersion.class.getResourceAsStream("version")) {
      var text = Objects.requireNonNull(resource, "the build puts it there").readAllBytes();
      return new String(text, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
