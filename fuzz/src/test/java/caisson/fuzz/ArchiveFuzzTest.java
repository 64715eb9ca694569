package caisson.fuzz;

import static caisson.fuzz.Refusals.demand;

import caisson.base.ErrorCode;
import caisson.images.LocalImages;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Archives of images: gzip and zstd around tar, and in it the manifests of both forms. */
final class ArchiveFuzzTest {
  private static final Path STORE = Scratch.make().directory().resolve("images");
  private static final LocalImages IMAGES = LocalImages.open(STORE);

  @FuzzTest
  void load(byte[] archive) throws Exception {
    Refusals.allow(
        Set.of(
            ErrorCode.CORRUPT,
            ErrorCode.NO_RESOURCES,
            ErrorCode.UNSUPPORTED,
            ErrorCode.NOT_FOUND,
            ErrorCode.INVALID_ARGUMENT),
        () -> {
          for (var image : IMAGES.load(new ByteArrayInputStream(archive), _ -> {})) {
            IMAGES.layers(image.id());
          }
        });
    for (var image : IMAGES.list()) {
      IMAGES.remove(image.id());
    }
    StoreFiles.demandNone(STORE);
  }

  /** What a store has on the disk. */
  static final class StoreFiles {
    private StoreFiles() {}

    /** Fails if there is more than the list of images. */
    static void demandNone(Path store) throws Exception {
      try (var files = Files.walk(store)) {
        var left =
            files
                .filter(Files::isRegularFile)
                .filter(file -> !file.endsWith("catalog.json"))
                .toList();
        demand(left.isEmpty(), "files of no image are left: " + left);
      }
    }
  }
}
