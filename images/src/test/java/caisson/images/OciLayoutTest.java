package caisson.images;

import static caisson.testkit.OciArchive.annotation;
import static caisson.testkit.OciArchive.platform;
import static org.assertj.core.api.Assertions.assertThat;

import caisson.base.Digest;
import caisson.testkit.ImageArchives;
import caisson.testkit.OciArchive;
import caisson.testkit.Tar;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OciLayoutTest {
  private static final String NAME = "io.containerd.image.name";
  private static final String REF = "org.opencontainers.image.ref.name";
  private static final byte[] BASE = new Tar().file("base", "base").end();
  private static final byte[] TOP = new Tar().file("top", "top").end();
  private static final String HERE = GuestPlatform.current().architecture();

  @TempDir private Path root;

  private final OciArchive archive = new OciArchive();

  private List<Image> load(byte[] tar) {
    return LocalImages.open(root).load(new ByteArrayInputStream(tar), line -> {});
  }

  private String image(byte[] layer, String more) {
    return archive.image(List.of(layer), List.of(layer), more);
  }

  static byte[] gzip(byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  @Test
  void takesLayersOfAnyCompression() throws Exception {
    var layers = List.of(BASE, gzip(TOP), Zstd.compress(BASE));
    var descriptor =
        archive.image(layers, List.of(BASE, TOP, BASE), annotation(NAME, "docker.io/library/a:1"));
    var image = load(archive.end(descriptor)).getFirst();
    assertThat(image.names()).containsExactly("a:1");
    assertThat(LocalImages.open(root).layers(image.id()))
        .extracting(path -> path.getFileName().toString().substring(0, 64))
        .containsExactly(Digest.of(BASE).hex(), Digest.of(TOP).hex(), Digest.of(BASE).hex());
  }

  @Test
  void takesAnArchiveOfAnyCompression() throws Exception {
    byte[] tar = archive.end(image(BASE, annotation(REF, "b:2")));
    var plain = load(tar);
    assertThat(plain.getFirst().names()).containsExactly("b:2");
    assertThat(load(gzip(tar))).isEqualTo(plain);
    assertThat(load(Zstd.compress(tar))).isEqualTo(plain);
  }

  @Test
  void readsEveryMemberOfAGzipFile() throws Exception {
    byte[] tar = archive.end(image(BASE, annotation(REF, "b:2")));
    var members = new ByteArrayOutputStream();
    for (int at = 0; at < tar.length; at += 1000) {
      byte[] piece = java.util.Arrays.copyOfRange(tar, at, Math.min(tar.length, at + 1000));
      members.writeBytes(gzip(piece));
    }
    assertThat(load(members.toByteArray())).hasSize(1);
  }

  @Test
  void choosesThePlatformInsideOfIndexes() {
    var foreign = image(TOP, platform("linux", "s390x"));
    var fitting = image(BASE, platform("linux", HERE));
    var attestation = archive.blob(OciArchive.MANIFEST, TOP, platform("unknown", "unknown"));
    var inner = archive.index(List.of(attestation, foreign, fitting), "");
    var outer = archive.index(List.of(inner), annotation(NAME, "multi:1"));
    var image = load(archive.end(outer)).getFirst();
    assertThat(image.names()).containsExactly("multi:1");
    assertThat(image.config().rootfs().orElseThrow().diffIds())
        .containsExactly(ImageArchives.digest(BASE));
  }

  @Test
  void choosesThePlatformAtTheTop() {
    var foreign = image(TOP, platform("linux", "s390x"));
    var fitting = image(BASE, platform("linux", HERE));
    assertThat(load(archive.end(foreign, fitting))).hasSize(1);
  }

  @Test
  void loadsSeveralImages() {
    var one = image(BASE, annotation(NAME, "one"));
    var two = image(TOP, annotation(NAME, "two"));
    assertThat(load(archive.end(one, two)))
        .flatExtracting(Image::names)
        .containsExactly("one:latest", "two:latest");
  }

  @Test
  void findsAnImageByItsManifestsDigest() {
    var descriptor = image(BASE, annotation(NAME, "docker.io/library/a:1"));
    var loaded = load(archive.end(descriptor)).getFirst();
    var digest = descriptor.replaceAll(".*(sha256:[0-9a-f]{64}).*", "$1");
    assertThat(LocalImages.open(root).resolve("a@" + digest)).isEqualTo(loaded);
  }

  @Test
  void takesABareTagForNoName() {
    assertThat(load(archive.end(image(BASE, annotation(REF, "latest")))).getFirst().names())
        .isEmpty();
  }
}
