package caisson.fuzz;

import static caisson.fuzz.Refusals.demand;

import caisson.cli.copy.LocalExtraction;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Names and links that a container's archive brings to the user's own files. */
final class CopyFuzzTest {
  private static final Path ROOT = Scratch.make().directory();
  private static final Path OUTSIDE = ROOT.resolve("outside");
  private static final Path INSIDE = ROOT.resolve("inside");
  private static final String KEPT = "kept";

  @FuzzTest
  void copy(byte[] archive) throws IOException {
    extract(archive, "copy");
    extract(archive, ".");
  }

  private static void extract(byte[] archive, String name) throws IOException {
    Files.createDirectories(INSIDE);
    Files.writeString(OUTSIDE, KEPT);
    try {
      new LocalExtraction(INSIDE, name).run(new ByteArrayInputStream(archive));
    } catch (IOException e) {
      // Refused, or more than the file system takes.
    }
    demand(Files.readString(OUTSIDE).equals(KEPT), "a file outside of the target was written");
    demand(
        Files.isDirectory(INSIDE, LinkOption.NOFOLLOW_LINKS), "something is in the target's place");
    try (var beside = Files.list(ROOT)) {
      demand(beside.count() == 2, "something was made outside of the target");
    }
    Scratch.empty(INSIDE);
  }
}
