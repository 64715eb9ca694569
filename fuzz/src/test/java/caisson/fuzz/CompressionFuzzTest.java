package caisson.fuzz;

import caisson.base.ErrorCode;
import caisson.fuzz.ArchiveFuzzTest.StoreFiles;
import caisson.images.LocalImages;
import caisson.oci.Json;
import caisson.oci.image.ImageConfig;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** One layer's archive with gzip or zstd around it. */
final class CompressionFuzzTest {
  private static final Path STORE = Scratch.make().directory().resolve("images");
  private static final LocalImages IMAGES = LocalImages.open(STORE);
  private static final ImageConfig CONFIG =
      Json.read(
          "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8),
          ImageConfig.class,
          "the configuration");

  @FuzzTest
  void unpack(byte[] archive) throws Exception {
    Refusals.allow(
        Set.of(ErrorCode.CORRUPT, ErrorCode.NO_RESOURCES, ErrorCode.UNSUPPORTED),
        () -> {
          var stream = new ByteArrayInputStream(archive);
          IMAGES.remove(IMAGES.importRootfs(stream, CONFIG, Optional.empty()).id());
        });
    StoreFiles.demandNone(STORE);
  }
}
