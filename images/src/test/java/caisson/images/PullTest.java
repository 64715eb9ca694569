package caisson.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.images.PullStep.LayerStep;
import caisson.registry.Certificates;
import caisson.registry.Credentials;
import caisson.registry.ProxyRules;
import caisson.registry.Registries;
import caisson.registry.RegistryConfig;
import caisson.registry.Timeouts;
import caisson.testkit.FakeRegistry;
import caisson.testkit.ImageArchives;
import caisson.testkit.OciArchive;
import caisson.testkit.Tar;
import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PullTest {
  private static final String REPOSITORY = "team/app";
  private static final byte[] BASE = new Tar().file("base", noise(300_000)).end();
  private static final byte[] TOP = new Tar().file("top", "top").end();
  static final Timeouts QUICK =
      new Timeouts(
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMillis(1),
          3);

  @TempDir private Path root;

  private final FakeRegistry registry = new FakeRegistry();
  private final List<PullStep> steps = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    registry.close();
  }

  /** Bytes that no compression makes shorter. */
  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    RandomGenerator.of("L64X128MixRandom").nextBytes(bytes);
    return bytes;
  }

  private LocalImages images() {
    var config = new RegistryConfig(Certificates.NONE, ProxyRules.NONE, List.of(), QUICK);
    return LocalImages.open(root, new Registries(config));
  }

  private PullRequest request(String rest) {
    return PullRequest.of(
        registry.name() + "/" + REPOSITORY + rest,
        Optional.empty(),
        Optional.empty(),
        Credentials.NONE);
  }

  private Image pull(String rest) {
    return images().pull(request(rest), steps::add);
  }

  private void assertRefused(String rest, ErrorCode code, String words) {
    assertThatThrownBy(() -> pull(rest))
        .isInstanceOfSatisfying(CaissonException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(words);
    assertThat(images().list()).isEmpty();
    assertThat(root.resolve("incoming")).isEmptyDirectory();
    assertThat(root.resolve("layers")).isEmptyDirectory();
  }

  private List<LayerStep> stepsOf(byte[] blob) {
    return steps.stream()
        .filter(step ->
            step instanceof PullStep.OfLayer(var digest, _) && digest.equals(Digest.of(blob)))
        .map(step -> ((PullStep.OfLayer) step).step())
        .toList();
  }

  @Test
  void bringsAnImageOfAllCompressions() throws IOException {
    var layers = List.of(OciLayoutTest.gzip(BASE), Zstd.compress(TOP), BASE);
    registry.addImage(REPOSITORY, "1", layers, List.of(BASE, TOP, BASE));
    var image = pull(":1");
    assertThat(image.names()).containsExactly(registry.name() + "/team/app:1");
    assertThat(images().layers(image.id()))
        .extracting(path -> path.getFileName().toString().substring(0, 64))
        .containsExactly(Digest.of(BASE).hex(), Digest.of(TOP).hex(), Digest.of(BASE).hex());
    assertThat(root.resolve("partial")).isEmptyDirectory();
    assertThat(stepsOf(layers.get(1)))
        .startsWith(new LayerStep.Listed())
        .containsSubsequence(
            new LayerStep.Verifying(), new LayerStep.Downloaded(), new LayerStep.Complete());
    assertThat(steps.getLast())
        .isInstanceOfSatisfying(PullStep.Done.class, done -> assertThat(done.fresh()).isTrue());
  }

  @Test
  void transfersNothingThatIsHere() throws IOException {
    byte[] layer = OciLayoutTest.gzip(BASE);
    registry.addImage(REPOSITORY, "1", List.of(layer), List.of(BASE));
    pull(":1");
    steps.clear();
    pull(":1");
    assertThat(registry.calls(FakeRegistry.blobPath(REPOSITORY, layer))).hasSize(1);
    assertThat(stepsOf(layer)).containsExactly(new LayerStep.Listed(), new LayerStep.Present());
    assertThat(steps.getLast())
        .isInstanceOfSatisfying(PullStep.Done.class, done -> assertThat(done.fresh()).isFalse());
  }

  @Test
  void choosesTheImageForItsGuestsOrForAPlatform() {
    var here = registry.addImage(REPOSITORY, "here", List.of(BASE), List.of(BASE));
    var config =
        ImageArchives.config(List.of(TOP), "{}")
            .replace("amd64", "arm64")
            .getBytes(StandardCharsets.UTF_8);
    var foreign =
        registry.addManifest(
            REPOSITORY,
            "foreign",
            OciArchive.MANIFEST,
            "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
                .formatted(
                    registry.addBlob(REPOSITORY, OciArchive.CONFIG, config, ""),
                    registry.addBlob(REPOSITORY, OciArchive.LAYER, TOP, "")),
            "");
    var index =
        "{\"schemaVersion\":2,\"manifests\":[%s,%s]}"
            .formatted(
                foreign.replace("}", OciArchive.platform("linux", "arm64") + "}"),
                here.replace("}", OciArchive.platform("linux", "amd64") + "}"));
    var descriptor = registry.addManifest(REPOSITORY, "both", OciArchive.INDEX, index, "");
    var image = pull(":both");
    assertThat(image.config().architecture()).isEqualTo("amd64");
    var digest = descriptor.replaceFirst(".*\"digest\":\"", "").replaceFirst("\".*", "");
    assertThat(images().resolve(registry.name() + "/team/app@" + digest)).isEqualTo(image);
    assertThat(images().pull(forPlatform(":both", "linux/arm64"), steps::add))
        .satisfies(it -> assertThat(it.config().architecture()).isEqualTo("arm64"));
    assertThatThrownBy(() -> images().pull(forPlatform(":both", "linux/s390x"), steps::add))
        .hasMessageContaining("no matching manifest for linux/s390x")
        .hasMessageContaining("linux/arm64");
    assertThatThrownBy(() -> images().pull(forPlatform(":here", "linux/s390x"), steps::add))
        .hasMessageContaining("does not match the specified platform (linux/s390x)");
  }

  private PullRequest forPlatform(String rest, String platform) {
    return PullRequest.of(
        registry.name() + "/" + REPOSITORY + rest,
        Optional.empty(),
        Optional.of(platform),
        Credentials.NONE);
  }

  @Test
  void bringsAnImageByItsDigest() {
    var descriptor = registry.addImage(REPOSITORY, "1", List.of(BASE), List.of(BASE));
    var digest = descriptor.replaceFirst(".*\"digest\":\"", "").replaceFirst("\".*", "");
    var image = pull("@" + digest);
    assertThat(image.names()).isEmpty();
    assertThat(image.digests()).containsExactly(registry.name() + "/team/app@" + digest);
    assertThat(images().resolve(registry.name() + "/team/app@" + digest)).isEqualTo(image);
    registry.on(
        "/v2/team/app/manifests/" + digest,
        FakeRegistry.ok(
            OciArchive.MANIFEST, "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> pull("@" + digest)).hasMessageContaining("instead of " + digest);
  }

  @Test
  void goesOnWhereAnEarlierPullStopped() throws IOException {
    byte[] layer = OciLayoutTest.gzip(BASE);
    registry.addImage(REPOSITORY, "1", List.of(layer), List.of(BASE));
    var path = FakeRegistry.blobPath(REPOSITORY, layer);
    registry.on(
        path,
        (call, out) -> {
          FakeRegistry.head(out, 200, "Content-Length: " + layer.length);
          out.write(layer, 0, 100_000);
        });
    assertThatThrownBy(() -> pull(":1"))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("/blobs/");
    assertThat(images().list()).isEmpty();
    try (var partial = Files.list(root.resolve("partial"))) {
      assertThat(partial).singleElement().satisfies(it -> assertThat(it).hasSize(100_000));
    }
    registry.on(path, FakeRegistry.blob(layer));
    pull(":1");
    assertThat(registry.calls(path).getLast().header("Range")).isEqualTo("bytes=100000-");
    assertThat(root.resolve("partial")).isEmptyDirectory();
  }

  @Test
  void beginsAnewWhereWhatIsThereIsDamaged() throws IOException {
    byte[] layer = OciLayoutTest.gzip(BASE);
    registry.addImage(REPOSITORY, "1", List.of(layer), List.of(BASE));
    images();
    Files.write(
        root.resolve("partial/" + Digest.of(layer).hex() + "-" + Digest.of(BASE).hex()),
        new byte[1000]);
    assertThat(pull(":1").names()).hasSize(1);
    assertThat(registry.calls(FakeRegistry.blobPath(REPOSITORY, layer)))
        .extracting(call -> call.header("Range"))
        .containsExactly("bytes=1000-", "");
  }

  @Test
  void triesAgainWhatMayPass() throws IOException {
    byte[] layer = OciLayoutTest.gzip(BASE);
    registry.addImage(REPOSITORY, "1", List.of(layer), List.of(BASE));
    var path = FakeRegistry.blobPath(REPOSITORY, layer);
    var honest = registry.reply(path);
    registry.on(
        path,
        (call, out) -> {
          registry.on(path, honest);
          FakeRegistry.status(503, "", "Retry-After: 0").send(call, out);
        });
    var manifest = "/v2/team/app/manifests/1";
    var served = registry.reply(manifest);
    registry.on(
        manifest,
        (call, out) -> {
          registry.on(manifest, served);
          FakeRegistry.status(429, "").send(call, out);
        });
    pull(":1");
    assertThat(stepsOf(layer)).anyMatch(step -> step instanceof LayerStep.Retrying);
  }

  @Test
  void bringsALayerOnceForTwoPullsAtOnce() throws Exception {
    byte[] layer = OciLayoutTest.gzip(BASE);
    registry.addImage(REPOSITORY, "1", List.of(layer), List.of(BASE));
    registry.addImage(REPOSITORY, "2", List.of(layer, TOP), List.of(BASE, TOP));
    var path = FakeRegistry.blobPath(REPOSITORY, layer);
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    registry.on(
        path,
        (call, out) -> {
          begun.countDown();
          awaitQuietly(goOn);
          FakeRegistry.blob(layer).send(call, out);
        });
    var images = images();
    var first = Thread.ofPlatform().start(() -> images.pull(request(":1"), _ -> {}));
    begun.await();
    var second =
        Thread.ofPlatform()
            .start(() ->
                images.pull(
                    request(":2"),
                    step -> {
                      if (step instanceof PullStep.OfLayer(var blob, LayerStep.Complete _)
                          && blob.equals(Digest.of(TOP))) {
                        goOn.countDown();
                      }
                    }));
    first.join();
    second.join();
    assertThat(images.list()).hasSize(2);
    assertThat(registry.calls(path)).hasSize(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anInterruptBreaksItOff() throws Exception {
    byte[] layer = OciLayoutTest.gzip(BASE);
    registry.addImage(REPOSITORY, "1", List.of(layer), List.of(BASE));
    var begun = new CountDownLatch(1);
    registry.on(
        FakeRegistry.blobPath(REPOSITORY, layer),
        (call, out) -> {
          FakeRegistry.head(out, 200, "Content-Length: " + layer.length);
          out.write(layer, 0, 100_000);
          out.flush();
          begun.countDown();
          awaitQuietly(new CountDownLatch(1));
        });
    var images = images();
    var failures = new CopyOnWriteArrayList<CaissonException>();
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                images.pull(request(":1"), _ -> {});
              } catch (CaissonException e) {
                failures.add(e);
              }
            });
    begun.await();
    thread.interrupt();
    thread.join();
    assertThat(failures)
        .singleElement()
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThat(images.list()).isEmpty();
    assertThat(root.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void refusesWhatIsNotTheLayer() throws IOException {
    byte[] layer = OciLayoutTest.gzip(BASE);
    registry.addImage(REPOSITORY, "1", List.of(layer), List.of(TOP));
    assertRefused(":1", ErrorCode.CORRUPT, "it is damaged: its digest is " + Digest.of(BASE));
  }

  @Test
  void refusesOtherKindsByTheirNames() {
    registry.addManifest(
        REPOSITORY,
        "old",
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        "{\"schemaVersion\":1,\"name\":\"x\"}",
        "");
    assertRefused(":old", ErrorCode.UNSUPPORTED, "schema version 1");
    registry.addManifest(REPOSITORY, "other", "application/x.zoo", "{\"schemaVersion\":2}", "");
    assertRefused(":other", ErrorCode.UNSUPPORTED, "\"application/x.zoo\"");
    registry.addManifest(
        REPOSITORY,
        "chart",
        OciArchive.MANIFEST,
        "{\"schemaVersion\":2,\"config\":%s,\"layers\":[]}"
            .formatted(
                registry.addBlob(REPOSITORY, "application/vnd.cncf.helm.config.v1+json", BASE, "")),
        "");
    assertRefused(":chart", ErrorCode.UNSUPPORTED, "helm.config");
    assertRefused(":none", ErrorCode.NOT_FOUND, "manifest for " + registry.name());
  }
}
