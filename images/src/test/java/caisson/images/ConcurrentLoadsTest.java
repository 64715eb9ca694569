package caisson.images;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.base.Digest;
import caisson.testkit.ImageArchives;
import caisson.testkit.Tar;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConcurrentLoadsTest {
  private static final byte[] LAYER = new Tar().file("base", new byte[300_000]).end();

  @TempDir private Path root;

  @Test
  void makesALayerOnceForAllWhoNeedIt() throws Exception {
    var layers = new LayerStore(root);
    var diffId = Digest.of(LAYER);
    var made = new AtomicInteger();
    var allWant = new CountDownLatch(4);
    Callable<Boolean> want =
        () -> {
          allWant.countDown();
          return layers.hold(
              diffId,
              () -> {
                awaitAll(allWant);
                return write(root.resolve("new-" + made.incrementAndGet()));
              });
        };
    try (var executor = Executors.newFixedThreadPool(4)) {
      assertThat(executor.invokeAll(List.of(want, want, want, want)))
          .extracting(future -> future.get())
          .containsOnlyOnce(true)
          .hasSize(4);
    }
    assertThat(made).hasValue(1);
    assertKeptUntilReleased(layers, diffId, 4);
  }

  private static void assertKeptUntilReleased(LayerStore layers, Digest diffId, int holders) {
    for (int i = 0; i < holders; i++) {
      layers.delete(diffId);
      assertThat(layers.path(diffId)).exists();
      layers.release(diffId);
    }
    layers.delete(diffId);
    assertThat(layers.path(diffId)).doesNotExist();
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this test", e);
    }
  }

  private static Path write(Path file) {
    try {
      return Files.writeString(file, "image");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void loadsAndRemovesAtOnceWithoutLosingALayer() throws Exception {
    var images = LocalImages.open(root);
    var tasks = new ArrayList<Callable<Void>>();
    for (int i = 0; i < 8; i++) {
      byte[] own = new Tar().file("own", "content " + i).end();
      byte[] archive = ImageArchives.docker("app" + i, "{}", List.of(LAYER, own));
      boolean stays = i % 2 == 0;
      tasks.add(() -> {
        for (int round = 0; round < 10; round++) {
          var image = images.load(new ByteArrayInputStream(archive), line -> {}).getFirst();
          assertThat(images.layers(image.id())).hasSize(2);
          if (!stays || round < 9) {
            images.remove(image.id());
          }
        }
        return null;
      });
    }
    try (var executor = Executors.newFixedThreadPool(8)) {
      for (var task : executor.invokeAll(tasks)) {
        task.get();
      }
    }
    assertThat(images.list()).hasSize(4);
    images.list().forEach(image -> assertThat(images.layers(image.id())).hasSize(2));
    try (var layers = Files.list(root.resolve("layers"))) {
      assertThat(layers).hasSize(5);
    }
    assertThat(root.resolve("incoming")).isEmptyDirectory();
  }
}
