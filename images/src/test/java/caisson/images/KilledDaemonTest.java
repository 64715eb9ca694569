package caisson.images;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.testkit.Command;
import caisson.testkit.ImageArchives;
import caisson.testkit.Tar;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that loads and removes images is killed in the middle of it, again and again. */
final class KilledDaemonTest {
  private static final byte[] COMMON = new Tar().file("common", new byte[3_000_000]).end();

  @TempDir private Path root;

  /** Loads images and removes every second one again, and says each thing that it has done. */
  public static void main(String[] arguments) {
    var images = LocalImages.open(Path.of(arguments[0]));
    for (int i = 0; ; i++) {
      byte[] own = new Tar().file("own", "content " + i).end();
      byte[] archive = ImageArchives.docker("app" + i, "{}", List.of(COMMON, own));
      var image = images.load(new ByteArrayInputStream(archive), line -> {}).getFirst();
      System.out.println("loaded " + i);
      if (i % 2 == 1) {
        System.out.println("removing " + i);
        images.remove(image.id());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 9, 13})
  void losesNothingThatWasDone(int lines) throws Exception {
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledDaemonTest.class.getName(),
                root.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int loaded = -1;
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < lines; i++) {
        loaded = Math.max(loaded, number(output));
      }
      process.destroyForcibly().waitFor();
    }
    assertThat(loaded).isNotNegative();
    assertConsistent(loaded);
  }

  private static int number(BufferedReader output) throws IOException {
    String line = output.readLine();
    assertThat(line).as("what the process said").isNotNull();
    return Integer.parseInt(line.substring(line.indexOf(' ') + 1));
  }

  /** Images with even numbers are never removed. */
  private void assertConsistent(int loaded) throws IOException {
    var images = LocalImages.open(root);
    for (int i = 0; i <= loaded; i += 2) {
      assertThat(images.resolve("app" + i).names()).containsExactly("app" + i + ":latest");
    }
    for (var image : images.list()) {
      for (var layer : images.layers(image.id())) {
        Command.run("fsck.erofs", layer.toString());
      }
    }
    assertThat(root.resolve("incoming")).isEmptyDirectory();
    images.list().forEach(image -> images.remove(image.id()));
    assertThat(root.resolve("layers")).isEmptyDirectory();
    assertThat(root.resolve("blobs/sha256")).isEmptyDirectory();
    try (var left = Files.list(root)) {
      assertThat(left).hasSize(5);
    }
  }
}
