package caisson.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFilesTest {
  @TempDir Path folder;

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    var file = folder.resolve("file");
    DurableFiles.write(file, new byte[] {1});
    DurableFiles.write(file, new byte[] {2, 3});
    assertThat(Files.readAllBytes(file)).containsExactly(2, 3);
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void aFailedWriteKeepsTheOldContent() throws IOException {
    var directory = folder.resolve("target");
    Files.createDirectories(directory.resolve("child"));
    assertThatThrownBy(() -> DurableFiles.write(directory, new byte[1]))
        .isInstanceOf(IOException.class);
    assertThat(directory.resolve("child")).isDirectory();
  }

  @Test
  void deletesATreeWithoutFollowingLinks() throws IOException {
    var outside = Files.writeString(folder.resolve("outside"), "stays");
    var tree = Files.createDirectories(folder.resolve("tree/a/b"));
    Files.createSymbolicLink(tree.resolve("link"), outside);
    Files.createSymbolicLink(tree.resolve("up"), folder);
    DurableFiles.deleteTree(folder.resolve("tree"));
    DurableFiles.deleteTree(folder.resolve("tree"));
    assertThat(folder.toFile().list()).containsExactly("outside");
  }

  /** As a guest can make it in a share: no path leads to the end of it. */
  @Test
  void deletesATreeThatIsDeeperThanAPathIsLong() throws Exception {
    var tree = Files.createDirectory(folder.resolve("tree"));
    var script = "for i in $(seq 100); do mkdir $0 && cd -P $0 && echo >file || exit; done";
    var shell = new ProcessBuilder("bash", "-c", script, "d".repeat(200)).directory(tree.toFile());
    assertThat(shell.inheritIO().start().waitFor()).isZero();
    DurableFiles.deleteTree(tree);
    assertThat(folder).isEmptyDirectory();
  }
}
