package caisson.images;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.base.ByteSize;
import caisson.base.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code catalog-0.1.json} was written by a daemon of version 0.1, and is never changed. */
final class EarlierCatalogTest {
  private static final Digest IMAGE =
      Digest.parse("sha256:79fea0789c41b033e08cd60f57396b86e376d10cb636632ea664992977b46c88");
  private static final Digest LAYER =
      Digest.parse("sha256:f5fef35c457805b3055229b41edf690a5d40379000d7c0740b1c5449abaeb85a");

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    file = directory.resolve("catalog.json");
    try (var golden = EarlierCatalogTest.class.getResourceAsStream("catalog-0.1.json")) {
      Files.write(file, Objects.requireNonNull(golden).readAllBytes());
    }
  }

  private void assertWhole() throws IOException {
    var catalog = new CatalogFile(file).read();
    assertThat(catalog.images()).containsOnlyKeys(IMAGE);
    assertThat(catalog.images().values().iterator().next().layers()).containsExactly(LAYER);
    assertThat(catalog.tags())
        .containsEntry(Reference.parse("caisson/demo"), IMAGE)
        .containsEntry(Reference.parse("other:1"), IMAGE)
        .hasSize(2);
    assertThat(catalog.layers()).containsEntry(LAYER, new ByteSize(2_031_616));
  }

  @Test
  void imagesAndNamesAreThoseThatWere() throws IOException {
    assertWhole();
  }

  @Test
  void whatALaterBuildHasAddedIsPassedOver() throws IOException {
    var text = Files.readString(file);
    Files.writeString(
        file,
        text.replaceFirst("\\{", "{\"later\":{\"deep\":[1]},")
            .replace("{\"layers\":[", "{\"later\":1,\"layers\":["));
    assertWhole();
  }
}
