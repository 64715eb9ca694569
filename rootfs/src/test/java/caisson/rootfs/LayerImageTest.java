package caisson.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.Digest;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayerImageTest {
  @TempDir private Path directory;

  @Test
  void convertsAnEmptyArchive() throws Exception {
    byte[] empty = new byte[1024];
    var target = directory.resolve("image");
    var layer = LayerImage.convert(new ByteArrayInputStream(empty), target);
    assertThat(layer.diffId()).isEqualTo(Digest.of(empty));
    assertThat(layer.tarBytes()).isEqualTo(1024);
    assertThat(layer.imageBytes()).isEqualTo(Files.size(target));
    assertThat(new ProcessBuilder("fsck.erofs", target.toString()).start().waitFor()).isZero();
  }

  @Test
  void leavesNothingBehindAfterAFailure() {
    byte[] garbage = new byte[1024];
    garbage[0] = 'x';
    var target = directory.resolve("image");
    assertThatThrownBy(() -> LayerImage.convert(new ByteArrayInputStream(garbage), target))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("checksum");
    assertThat(target).doesNotExist();
  }

  @Test
  void leavesAFileThatIsInTheWayAlone() throws Exception {
    var target = Files.writeString(directory.resolve("image"), "mine");
    assertThatThrownBy(() -> LayerImage.convert(new ByteArrayInputStream(new byte[1024]), target))
        .isInstanceOf(CaissonException.class);
    assertThat(target).hasContent("mine");
  }
}
