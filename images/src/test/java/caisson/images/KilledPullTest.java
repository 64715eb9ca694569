package caisson.images;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.images.PullStep.LayerStep;
import caisson.registry.Credentials;
import caisson.testkit.FakeRegistry;
import caisson.testkit.Tar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that pulls an image is killed in the middle of a layer. */
@Timeout(60)
final class KilledPullTest {
  @TempDir private Path root;

  /** Pulls {@code arguments[1]}, and says how far it is. */
  public static void main(String[] arguments) {
    LocalImages.open(Path.of(arguments[0])).pull(request(arguments[1]), KilledPullTest::tell);
  }

  private static void tell(PullStep step) {
    if (step instanceof PullStep.OfLayer(_, LayerStep.Downloading _)) {
      System.out.println("downloading");
    }
  }

  private static PullRequest request(String image) {
    return PullRequest.of(image, Optional.empty(), Optional.empty(), Credentials.NONE);
  }

  @Test
  void aLaterPullGoesOnWhereItStopped() throws Exception {
    byte[] noise = new byte[1 << 20];
    RandomGenerator.getDefault().nextBytes(noise);
    byte[] layer = new Tar().file("noise", noise).end();
    try (var registry = new FakeRegistry()) {
      registry.addImage("a", "latest", List.of(layer), List.of(layer));
      var blob = FakeRegistry.blobPath("a", layer);
      registry.on(
          blob,
          (call, out) -> {
            FakeRegistry.head(out, 200, "Content-Length: " + layer.length);
            out.write(layer, 0, layer.length / 2);
            out.flush();
            awaitForEver();
          });
      killDownloading(registry.name() + "/a");
      var images = LocalImages.open(root);
      assertThat(images.list()).isEmpty();
      registry.on(blob, FakeRegistry.blob(layer));
      assertThat(images.pull(request(registry.name() + "/a"), _ -> {}).names()).hasSize(1);
      assertThat(registry.calls(blob).getLast().header("Range")).matches("bytes=[1-9][0-9]+-");
      assertThat(root.resolve("incoming")).isEmptyDirectory();
      assertThat(root.resolve("partial")).isEmptyDirectory();
    }
  }

  private static void awaitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void killDownloading(String image) throws Exception {
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledPullTest.class.getName(),
                root.toString(),
                image)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.readLine()).isEqualTo("downloading");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
