package caisson.images;

import static caisson.testkit.OciArchive.annotation;
import static caisson.testkit.OciArchive.platform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.testkit.ImageArchives;
import caisson.testkit.OciArchive;
import caisson.testkit.Tar;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are damaged or made to do harm: each is refused and leaves nothing behind. */
final class HostileArchiveTest {
  private static final byte[] LAYER = new Tar().file("base", "base").end();
  private static final byte[] GOOD = ImageArchives.docker("app:1", "{}", List.of(LAYER));

  @TempDir private Path directory;
  private Path root;
  private LocalImages images;

  @BeforeEach
  void open() {
    root = directory.resolve("images");
    images = LocalImages.open(root);
  }

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    assertThat(images.list()).isEmpty();
    for (String place : List.of("layers", "blobs/sha256", "incoming")) {
      assertThat(root.resolve(place)).isEmptyDirectory();
    }
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(root);
    }
  }

  private CaissonException refused(byte[] archive) {
    var exception =
        catchThrowableOfType(
            CaissonException.class,
            () -> images.load(new ByteArrayInputStream(archive), line -> {}));
    assertThat(exception).isNotNull();
    return exception;
  }

  private void assertCorrupt(byte[] archive, String why) {
    assertThat(refused(archive))
        .hasMessageContaining(why)
        .extracting(CaissonException::code)
        .isEqualTo(ErrorCode.CORRUPT);
  }

  private static Tar dockerMembers(String manifest) {
    return new Tar().file("manifest.json", manifest);
  }

  @Test
  void refusesAnArchiveThatIsCut() {
    // The last two blocks are the end marker, without which an archive is still complete.
    for (int length = 0; length < GOOD.length - 1024; length += 73) {
      assertThat(refused(Arrays.copyOf(GOOD, length)).code()).isEqualTo(ErrorCode.CORRUPT);
    }
  }

  @Test
  void refusesACompressedArchiveThatIsCut() throws Exception {
    byte[] gzip = OciLayoutTest.gzip(GOOD);
    byte[] zstd = Zstd.compress(GOOD);
    for (byte[] compressed : List.of(gzip, zstd)) {
      for (int length = 0; length < compressed.length; length += 7) {
        assertThat(refused(Arrays.copyOf(compressed, length)).code()).isEqualTo(ErrorCode.CORRUPT);
      }
    }
  }

  @Test
  void survivesRandomDamage() {
    var random = new Random(42);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = GOOD.clone();
      for (int j = 0; j <= random.nextInt(4); j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        images.load(new ByteArrayInputStream(damaged), line -> {});
      } catch (CaissonException e) {
        assertThat(e.code()).isIn(Set.of(ErrorCode.CORRUPT, ErrorCode.UNSUPPORTED));
      }
      images.list().forEach(image -> images.remove(image.id()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[null]", "[1]", "[[]]", "[", "", "[{\"Config\":1}]"})
  void refusesAManifestThatIsNone(String manifest) {
    assertCorrupt(dockerMembers(manifest).end(), "manifest.json");
  }

  @Test
  void namesWhatIsMissing() {
    assertCorrupt(dockerMembers("[{\"Config\":\"nosuch.json\"}]").end(), "\"nosuch.json\"");
    assertCorrupt(dockerMembers("[{}]").end(), "\"\", which is missing");
    assertCorrupt(
        dockerMembers("[{\"Config\":\"c\",\"Layers\":[\"../../etc/passwd\"]}]")
            .file("c", "{}")
            .end(),
        "\"../../etc/passwd\", which is missing");
  }

  @Test
  void saysWhenItHoldsNoImages() {
    assertCorrupt(dockerMembers("[]").end(), "list of images is empty");
    assertCorrupt(LAYER, "neither a manifest.json");
    assertCorrupt(new byte[0], "neither a manifest.json");
    assertCorrupt(new Tar().file("index.json", "{}").end(), "neither a manifest.json");
  }

  @Test
  void refusesAConfigurationThatIsNotWhatItsNameSays() {
    String text = new String(GOOD, StandardCharsets.ISO_8859_1);
    byte[] damaged = text.replace("amd64", "amd65").getBytes(StandardCharsets.ISO_8859_1);
    assertCorrupt(damaged, "it is damaged: its digest is sha256:");
  }

  @Test
  void refusesALayerThatIsNotWhatTheConfigurationSays() {
    String text = new String(GOOD, StandardCharsets.ISO_8859_1);
    byte[] damaged = text.replace("base\0", "bass\0").getBytes(StandardCharsets.ISO_8859_1);
    var failure = refused(damaged);
    assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPT);
    assertThat(failure.text()).contains(ImageArchives.digest(LAYER));
  }

  @Test
  void refusesNamesAndDigestsThatAreNone() {
    assertCorrupt(ImageArchives.docker("Not A Name", "{}", List.of(LAYER)), "invalid reference");
    String config = "{\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[\"md5:00\"]}}";
    assertCorrupt(
        dockerMembers("[{\"Config\":\"c\",\"Layers\":[\"l\"]}]")
            .file("c", config)
            .file("l", LAYER)
            .end(),
        "md5:00");
  }

  @Test
  void refusesLayersThatDoNotMatchTheConfigurationInNumber() {
    assertCorrupt(
        dockerMembers("[{\"Config\":\"c\",\"Layers\":[\"l\"]}]")
            .file("c", "{}")
            .file("l", LAYER)
            .end(),
        "it lists 0 layers, but the image has 1");
  }

  @Test
  void takesAsManyLayersAsDockerAndNoMore() {
    byte[] most = ImageArchives.docker("most", "{}", Collections.nCopies(127, LAYER));
    var image = images.load(new ByteArrayInputStream(most), line -> {}).getFirst();
    images.remove(image.id());
    assertCorrupt(
        ImageArchives.docker("more", "{}", Collections.nCopies(128, LAYER)), "more than 127");
  }

  @Test
  void refusesAHugeDocument() {
    var spaces = " ".repeat(ArchiveLimits.DEFAULT.documentBytes());
    assertCorrupt(dockerMembers("[" + spaces + "]").end(), "larger than 4194304 bytes");
  }

  @Test
  void refusesManyLargeDocuments() {
    int count = ArchiveLimits.DEFAULT.allDocumentBytes() / ArchiveLimits.DEFAULT.documentBytes();
    String large = "{}" + " ".repeat(ArchiveLimits.DEFAULT.documentBytes() - 2);
    assertCorrupt(
        dockerMembers(
                ImageArchives.list(Collections.nCopies(count + 1, "x"))
                    .replace("\"x\"", "{\"Config\":\"c\"}"))
            .file("c", large)
            .end(),
        "other documents have more than 16777216 bytes");
  }

  @Test
  void refusesALongName() {
    assertCorrupt(new Tar().file("n/".repeat(300), "").end(), "more than 512 bytes");
    assertCorrupt(new Tar().symlink("n", "t".repeat(513)).end(), "more than 512 bytes");
  }

  @Test
  void refusesTooManyMembers() {
    var tar = new Tar();
    for (int i = 0; i <= ArchiveLimits.DEFAULT.members(); i++) {
      tar.directory("d" + i, 0755);
    }
    assertCorrupt(tar.end(), "more than 20000 members");
  }

  @Test
  void followsLinksOnlyInsideOfTheArchive() throws Exception {
    var secret = Files.writeString(directory.resolve("secret"), "{\"os\":\"linux\"}");
    var tar =
        dockerMembers("[{\"Config\":\"c\"}]")
            .symlink("c", secret.toString())
            .hardLink("d", secret.toString())
            .symlink("e", "e");
    assertCorrupt(tar.end(), "\"c\", which is missing");
    assertCorrupt(
        dockerMembers("[{\"Config\":\"e\"}]").symlink("e", "f").symlink("f", "e").end(),
        "\"e\", which is missing");
    Files.delete(secret);
  }

  @Test
  void refusesABombBeforeTheDiskIsFull() throws Exception {
    byte[] bomb = OciLayoutTest.gzip(new Tar().file("zeros", new byte[1 << 20]).end());
    assertThat(bomb.length).isLessThan(10_000);
    var store = ContentStore.open(root);
    try (var workspace = Workspace.in(store.incoming());
        var layers = new LayerHold(store, workspace, new ByteBudget(ByteSize.ofMib(1)))) {
      assertThatThrownBy(() -> layers.adopt(new ByteArrayInputStream(bomb)))
          .isInstanceOfSatisfying(
              CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_RESOURCES))
          .hasMessageContaining("unpacks to more than the 1 MiB");
    }
  }

  @Test
  void refusesABlobThatIsNotWhatItsNameSays() {
    byte[] tar = new Tar().file("blobs/sha256/" + "0".repeat(64), "x").end();
    assertCorrupt(tar, "blobs/sha256/0000");
  }

  @Test
  void refusesABlobWithAnotherSize() {
    var archive = new OciArchive();
    archive.image(List.of(LAYER), List.of(LAYER), "");
    var wrong = OciArchive.descriptor(OciArchive.MANIFEST, ImageArchives.digest(LAYER), 1, "");
    assertCorrupt(archive.end(wrong), "should have 1 bytes");
  }

  @Test
  void refusesABlobThatIsOnlyALink() {
    String digest = ImageArchives.sha256(LAYER);
    byte[] tar =
        new Tar()
            .file("m", "{}")
            .symlink("blobs/sha256/" + digest, "../../m")
            .file("oci-layout", "{}")
            .file(
                "index.json",
                "{\"manifests\":[%s]}"
                    .formatted(
                        OciArchive.descriptor(OciArchive.MANIFEST, "sha256:" + digest, 2, "")))
            .end();
    assertCorrupt(tar, "which is missing");
  }

  @Test
  void refusesIndexesThatAreTooDeep() {
    var archive = new OciArchive();
    String descriptor = archive.image(List.of(LAYER), List.of(LAYER), "");
    for (int i = 0; i <= ArchiveLimits.DEFAULT.depth(); i++) {
      descriptor = archive.index(List.of(descriptor), "");
    }
    assertCorrupt(archive.end(descriptor), "nested too deeply");
  }

  @Test
  void saysWhichPlatformsAnArchiveHas() {
    var archive = new OciArchive();
    var foreign = archive.image(List.of(LAYER), List.of(LAYER), platform("windows", "amd64"));
    assertThat(refused(archive.end(foreign)))
        .hasMessageContaining("[windows/amd64]")
        .extracting(CaissonException::code)
        .isEqualTo(ErrorCode.UNSUPPORTED);
  }

  @Test
  void refusesAnUnknownKindOfDocument() {
    var archive = new OciArchive();
    assertCorrupt(archive.end(archive.blob("text/plain", LAYER, "")), "text/plain");
  }

  @Test
  void refusesAnAnnotationThatIsNoName() {
    var archive = new OciArchive();
    var named = annotation("io.containerd.image.name", "-");
    assertCorrupt(archive.end(archive.image(List.of(), List.of(), named)), "invalid reference");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BZh91AY", "\u00fd7zXZ\0\0"})
  void saysWhichCompressionIsNotRead(String start) {
    var failure = refused(start.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(failure.text()).contains("decompress it first");
  }

  @Test
  void keepsNothingOfAnArchiveWhoseSecondImageIsDamaged() {
    byte[] other = new Tar().file("other", "x").end();
    String first = ImageArchives.config(List.of(LAYER), "{}");
    String second = ImageArchives.config(List.of(LAYER, other), "{}");
    byte[] tar =
        dockerMembers(
                """
                [{"Config":"a","RepoTags":["one"],"Layers":["l"]},
                {"Config":"b","RepoTags":["two"],"Layers":["l","l"]}]\
                """)
            .file("a", first)
            .file("b", second)
            .file("l", LAYER)
            .end();
    assertCorrupt(tar, ImageArchives.digest(other));
  }
}
