package caisson.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.oci.image.ImageConfig;
import caisson.testkit.ImageArchives;
import caisson.testkit.Tar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalImagesTest {
  private static final byte[] BASE = new Tar().file("base", "base").end();
  private static final byte[] TOP = new Tar().file("top", "top").end();

  @TempDir private Path root;
  private LocalImages images;

  @BeforeEach
  void open() {
    images = LocalImages.open(root);
  }

  private Image load(String name, byte[]... layers) {
    return load(ImageArchives.docker(name, "{\"Cmd\":[\"/bin/sh\"]}", List.of(layers)));
  }

  private Image load(byte[] archive) {
    var loaded = images.load(new ByteArrayInputStream(archive), line -> {});
    assertThat(loaded).hasSize(1);
    return loaded.getFirst();
  }

  private List<Path> files() throws IOException {
    try (var files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void loadsWhatDockerSaved() throws Exception {
    var progress = new ArrayList<String>();
    byte[] archive = ImageArchives.docker("app:1.0", "{\"Cmd\":[\"/x\"]}", List.of(BASE, TOP));
    var image = images.load(new ByteArrayInputStream(archive), progress::add).getFirst();
    assertThat(image.names()).containsExactly("app:1.0");
    assertThat(image.created()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678901234Z"));
    assertThat(image.config().config().orElseThrow().cmd()).containsExactly("/x");
    assertThat(image.size().bytes()).isPositive();
    assertThat(progress).hasSize(3).last().asString().contains("2 of 2");
    var layers = images.layers(image.id());
    assertThat(layers).hasSize(2);
    for (var layer : layers) {
      assertThat(new ProcessBuilder("fsck.erofs", layer.toString()).start().waitFor()).isZero();
    }
    assertThat(layers.getFirst().getFileName().toString()).startsWith(Digest.of(BASE).hex());
    assertThat(root.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void keepsImagesWhenItIsOpenedAgain() {
    var image = load("app", BASE);
    assertThat(LocalImages.open(root).list()).containsExactly(image);
  }

  @Test
  void removesWhatAKilledDaemonLeft() throws Exception {
    load("app", BASE);
    var before = files();
    Files.createDirectories(root.resolve("incoming/request-1/deep"));
    Files.writeString(root.resolve("incoming/request-1/deep/member-1"), "half");
    Files.writeString(root.resolve("layers/" + Digest.of(TOP).hex() + ".erofs"), "no image");
    Files.writeString(root.resolve("blobs/sha256/" + "0".repeat(64)), "no image");
    Files.writeString(root.resolve("catalog.json.unfinished"), "half");
    LocalImages.open(root);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void sharesLayersAndRemovesThemWithTheirLastImage() {
    var first = load("first", BASE, TOP);
    var second = load("second", BASE);
    assertThat(images.remove(first.id())).containsExactly(Digest.of(TOP));
    assertThat(images.layers(second.id())).hasSize(1).allMatch(Files::exists);
    assertThat(images.remove(second.id())).containsExactly(Digest.of(BASE));
    assertThat(root.resolve("layers")).isEmptyDirectory();
    assertThat(root.resolve("blobs/sha256")).isEmptyDirectory();
    assertThat(images.list()).isEmpty();
  }

  @Test
  void movesANameToTheImageThatIsLoadedLast() {
    var old = load("app", BASE);
    var next = load("app", TOP);
    assertThat(images.resolve("app").id()).isEqualTo(next.id());
    assertThat(images.resolve(old.id().toString()).names()).isEmpty();
  }

  @Test
  void namesAndUnnames() {
    var image = load("app", BASE);
    images.tag(image.id(), Reference.parse("host:5000/other:2"));
    assertThat(images.resolve("host:5000/other:2").names())
        .containsExactly("app:latest", "host:5000/other:2");
    images.untag(Reference.parse("app"));
    images.untag(Reference.parse("host:5000/other:2"));
    assertThat(images.list()).hasSize(1).first().extracting(Image::names).isEqualTo(List.of());
    assertThatThrownBy(() -> images.untag(Reference.parse("app")))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void findsNoImageThatIsNotThere() {
    var absent = Digest.of(BASE);
    assertNotFound(() -> images.tag(absent, Reference.parse("x")));
    assertNotFound(() -> images.remove(absent));
    assertNotFound(() -> images.layers(absent));
    assertNotFound(() -> images.resolve(absent.toString()));
    assertNotFound(() -> images.resolve("nosuch"));
  }

  private static void assertNotFound(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessageStartingWith("No such image: ");
  }

  @Test
  void saysWhenALayerHasGoneAndTakesItAgain() throws Exception {
    var image = load("app", BASE);
    Files.delete(images.layers(image.id()).getFirst());
    assertThatThrownBy(() -> images.layers(image.id()))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("load the image again");
    load("app", BASE);
    assertThat(images.layers(image.id())).allMatch(Files::exists);
  }

  @Test
  void saysWhenAnImageIsDamagedAndTakesItAgain() throws Exception {
    var good = load("good", TOP);
    var image = load("app", BASE);
    Files.writeString(root.resolve("blobs/sha256/" + image.id().hex()), "{}");
    assertThat(images.list()).containsExactly(good);
    assertThatThrownBy(() -> images.resolve("app"))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("load it again");
    assertThat(load("app", BASE)).isEqualTo(image);
  }

  @Test
  void importsARootFileSystem() {
    var defaults =
        new ImageConfig.ContainerDefaults(
            Optional.of("nobody"),
            Map.of(),
            List.of("A=b"),
            List.of(),
            List.of("/bin/x"),
            Map.of(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty());
    var config =
        new ImageConfig(
            Optional.empty(),
            Optional.empty(),
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.of(defaults),
            Optional.empty(),
            List.of());
    var before = Instant.now();
    var image =
        images.importRootfs(
            new ByteArrayInputStream(BASE), config, Optional.of(Reference.parse("mine:1")));
    assertThat(image.names()).containsExactly("mine:1");
    assertThat(image.created()).isBetween(before, Instant.now());
    assertThat(image.config().config()).contains(defaults);
    assertThat(image.config().os()).isEqualTo("linux");
    assertThat(image.config().rootfs().orElseThrow().diffIds())
        .containsExactly(Digest.of(BASE).toString());
    assertThat(images.layers(image.id())).hasSize(1);
    assertThat(root.resolve("incoming")).isEmptyDirectory();
  }

  private static Commit commit(Image base) {
    return new Commit(
        base.id(),
        ImageConfig.ContainerDefaults.NONE,
        Optional.of("me"),
        Optional.of("why"),
        "sh -c x",
        Optional.of(Reference.parse("more:1")));
  }

  @Test
  void commitsALayerOnTopOfAnImage() throws Exception {
    var base = load("app", BASE);
    var image = images.commit(commit(base), to -> to.write(TOP));
    assertThat(image.names()).containsExactly("more:1");
    assertThat(image.config().author()).contains("me");
    assertThat(image.config().architecture()).isEqualTo(base.config().architecture());
    assertThat(image.config().rootfs().orElseThrow().diffIds())
        .containsExactly(Digest.of(BASE).toString(), Digest.of(TOP).toString());
    var step = image.config().history().getLast();
    assertThat(image.config().history()).hasSize(base.config().history().size() + 1);
    assertThat(step.createdBy()).contains("sh -c x");
    assertThat(step.comment()).contains("why");
    images.remove(base.id());
    assertThat(images.layers(image.id())).hasSize(2).allMatch(Files::exists);
    assertThat(root.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void aCommitThatFailsLeavesNothing() throws Exception {
    var base = load("app", BASE);
    var before = files();
    assertThatThrownBy(() ->
            images.commit(
                commit(base),
                to -> {
                  to.write(TOP, 0, 600);
                  throw new IOException("the machine is gone");
                }))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("the machine is gone");
    assertThatThrownBy(() -> images.commit(commit(base), to -> to.write(new byte[] {1, 2, 3})))
        .isInstanceOf(CaissonException.class);
    assertThat(files()).isEqualTo(before);
    images.remove(base.id());
    assertNotFound(() -> images.commit(commit(base), to -> to.write(TOP)));
  }

  @Test
  void refusesADamagedCatalog() throws Exception {
    Files.writeString(root.resolve("catalog.json"), "{\"tags\":{\"x\":\"y\"}}");
    assertThatThrownBy(() -> LocalImages.open(root))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("catalog.json");
  }
}
