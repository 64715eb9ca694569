package caisson.fuzz;

import static caisson.fuzz.Refusals.demand;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.rootfs.LayerImage;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A layer's archive becomes a block image, always the same one, or nothing. */
final class LayerFuzzTest {
  private static final Path DIRECTORY = Scratch.make().directory();
  private static final Path ONE = DIRECTORY.resolve("one");
  private static final Path OTHER = DIRECTORY.resolve("other");

  @FuzzTest
  void layer(byte[] archive) throws Exception {
    Refusals.allow(
        Set.of(ErrorCode.CORRUPT, ErrorCode.NO_RESOURCES),
        () -> {
          convert(archive, ONE);
          convert(archive, OTHER);
          demand(Files.mismatch(ONE, OTHER) < 0, "one archive gave two images");
          Files.delete(ONE);
          Files.delete(OTHER);
        });
    try (var left = Files.list(DIRECTORY)) {
      demand(left.findAny().isEmpty(), "half an image is left");
    }
  }

  private static void convert(byte[] archive, Path target) throws IOException {
    try {
      LayerImage.convert(new ByteArrayInputStream(archive), target);
    } catch (CaissonException e) {
      demand(Files.notExists(ONE), "what was converted once is refused");
      throw e;
    }
  }
}
