package caisson.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.testkit.Tar;
import caisson.testkit.Tar.Header;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever is done to an archive, it becomes an image that is sound, or a clear refusal. */
final class MutatedLayersTest {
  private static final int BLOCK = 512;
  private static final Trees TREES = Trees.create();
  private static final byte[] ARCHIVE = archive();

  @AfterContainer
  static void close() {
    TREES.close();
  }

  private static byte[] archive() {
    byte[] sparse = new byte[2 * BLOCK];
    byte[] map = "2\n0\n300\n9000\n212\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(map, 0, sparse, 0, map.length);
    return new Tar()
        .directory("d/", 0755)
        .file("d/file", "some text")
        .hardLink("hard", "d/file")
        .symlink("soft", "d")
        .member(Header.of("soft/dev", '3').withDevice(1, 3))
        .file("d/.wh.gone", "")
        .file("d/.wh..wh..opq", "")
        .member(
            Header.of("x", '0')
                .withPax("SCHILY.xattr.user.a", "b")
                .withPax("SCHILY.acl.access", "u::rw-,g::r--,u:1:r--,m::rw-,o::---")
                .withPax("mtime", "-1.5"),
            new byte[5000])
        .member(
            Header.of("s", '0')
                .withPax("GNU.sparse.major", "1")
                .withPax("GNU.sparse.minor", "0")
                .withPax("GNU.sparse.name", "sparse")
                .withPax("GNU.sparse.realsize", "10000"),
            sparse)
        .member(Header.of("long", 'L'), new byte[] {'l', 'o', 'n', 'g', 0})
        .file("short", "")
        .end();
  }

  @Property(tries = 600)
  void bytesMayChange(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int changes)
      throws IOException {
    var random = new Random(seed);
    byte[] damaged = ARCHIVE.clone();
    for (int i = 0; i < changes; i++) {
      damaged[random.nextInt(damaged.length)] = value(random);
    }
    repairChecksums(damaged);
    assertSoundOrRefused(damaged);
  }

  /** Values that mean something in headers are likelier than others. */
  private static byte value(Random random) {
    String likely = "0123456789 /.\0\n=,-\u00ff\u0080xgLKS";
    return random.nextBoolean()
        ? (byte) random.nextInt()
        : (byte) likely.charAt(random.nextInt(likely.length()));
  }

  /** Gives what still looks like a header its checksum, so that the change reaches the reader. */
  private static void repairChecksums(byte[] archive) {
    for (int at = 0; at < archive.length; at += BLOCK) {
      if (archive[at + 257] == 'u' && archive[at + 258] == 's') {
        byte[] block = Tar.checksummed(Arrays.copyOfRange(archive, at, at + BLOCK));
        System.arraycopy(block, 0, archive, at, BLOCK);
      }
    }
  }

  @Property(tries = 150)
  void blocksMayMove(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    var blocks = new ArrayList<byte[]>();
    for (int at = 0; at < ARCHIVE.length; at += BLOCK) {
      blocks.add(Arrays.copyOfRange(ARCHIVE, at, at + BLOCK));
    }
    for (int i = 0; i < 3; i++) {
      int from = random.nextInt(blocks.size());
      switch (random.nextInt(3)) {
        case 0 -> blocks.remove(from);
        case 1 -> blocks.add(random.nextInt(blocks.size()), blocks.get(from));
        default -> Collections.swap(blocks, from, random.nextInt(blocks.size()));
      }
    }
    var moved = new ByteArrayOutputStream();
    blocks.forEach(moved::writeBytes);
    assertSoundOrRefused(moved.toByteArray());
  }

  @Property(tries = 150)
  void bytesMayBeRandom(@ForAll byte[] bytes) throws IOException {
    assertSoundOrRefused(bytes);
  }

  private static void assertSoundOrRefused(byte[] archive) throws IOException {
    Path image = TREES.directory().resolve("mutated");
    try {
      LayerImage.convert(new ByteArrayInputStream(archive), image);
    } catch (CaissonException e) {
      assertThat(e.code()).isIn(List.of(ErrorCode.CORRUPT, ErrorCode.NO_RESOURCES));
      assertThat(image).doesNotExist();
      return;
    }
    try {
      Trees.fsck(image);
    } finally {
      Files.delete(image);
    }
  }
}
