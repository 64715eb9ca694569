package caisson.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.testkit.Command;
import caisson.testkit.SampleTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of every format that GNU tar writes, made of real files. */
final class GnuTarFormatsTest {
  @TempDir private static Path source;
  private static final Trees TREES = Trees.create();

  @BeforeAll
  static void makeTree() {
    SampleTree.make(source);
  }

  @AfterAll
  static void close() {
    TREES.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=gnu",
        "--format=oldgnu",
        "--format=pax",
        "--format=pax --pax-option=exthdr.name=%d/x/%f,delete=atime,delete=ctime",
        "--format=gnu --sparse",
        "--format=oldgnu --sparse",
        "--format=pax --sparse --sparse-version=0.0",
        "--format=pax --sparse --sparse-version=0.1",
        "--format=pax --sparse --sparse-version=1.0",
        "--format=gnu --blocking-factor=1",
        "--format=gnu --label=volume"
      })
  void seesWhatTarUnpacks(String options) throws IOException {
    byte[] archive = TREES.archive(source, List.of(options.split(" ")));
    TREES.assertSame(archive);
    assertThat(TREES.converted(archive).lines()).hasSize(SampleTree.PATHS);
  }

  /** These formats cannot say everything; tar leaves out the rest and fails. */
  @ParameterizedTest
  @ValueSource(strings = {"--format=ustar", "--format=v7"})
  void seesWhatTarUnpacksOfOldFormats(String format) throws IOException {
    TREES.assertSame(
        TREES.archive(
            source.resolve("dir"), List.of(format, "--exclude=long*", "--mtime=2001-01-01")));
  }

  @Test
  void keepsAttributesOfEveryKind(@TempDir Path tree) throws IOException {
    Command.run("cp", "--archive", source + "/.", tree.toString());
    SampleTree.addAttributes(tree);
    byte[] archive = TREES.archive(tree, List.of("--format=pax", "--xattrs", "--acls"));
    TREES.assertSame(archive);
    assertThat(TREES.converted(archive).differences(TREES.list(tree))).isEmpty();
  }
}
