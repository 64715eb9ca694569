package caisson.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.testkit.Tar;
import caisson.testkit.Tar.Header;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Layers beyond what fits one block, one byte or one number of the image's format. */
final class LargeLayersTest {
  private static final Trees TREES = Trees.create();

  private final Tar tar = new Tar().directory("./", 0755);

  @AfterAll
  static void close() {
    TREES.close();
  }

  @Test
  void aDirectoryMayHaveManyBlocks() throws IOException {
    for (int i = 0; i < 1500; i++) {
      tar.file("%05d-%s".formatted(i, "n".repeat(i % 240)), "x".repeat(i % 3));
    }
    TREES.assertSame(tar.end());
  }

  @Test
  void pathsMayBeAsDeepAsTheirLength() {
    var path = new StringBuilder();
    while (path.length() < 4094) {
      path.append("d/");
      tar.directory(path.toString(), 0755);
    }
    tar.file(path + "f", "deep");
    var lines = TREES.converted(tar.end()).lines();
    assertThat(lines).hasSize(2049).last().asString().startsWith("./" + path + "f\tf");
  }

  @Test
  void filesOfAllSizesAroundABlockLieRight() throws IOException {
    for (int size : new int[] {0, 1, 4095, 4096, 4097, 8191, 8192, 8193, 1 << 20, (1 << 20) + 1}) {
      byte[] content = new byte[size];
      new java.util.Random(size).nextBytes(content);
      tar.file("f" + size, content);
    }
    TREES.assertSame(tar.end());
  }

  @Test
  void theLastInodeMayEndAnywhereInABlock() {
    // Each of these moves the end by one inode of 64 bytes.
    for (int i = 0; i < 64; i++) {
      tar.member(Header.of("fifo" + (char) ('0' + i), '6'));
      assertThat(TREES.converted(tar.unended()).lines()).hasSize(i + 2);
    }
  }

  @Test
  void linksOfAllLengthsLieRight() throws IOException {
    for (int length = 1; length <= 4095; length += 89) {
      tar.symlink("l" + length, "t".repeat(length));
    }
    TREES.assertSame(tar.end());
  }

  @Test
  void manyInodesMayShareAttributes() throws IOException {
    for (int i = 0; i < 300; i++) {
      var header = Header.of("f" + i, '0');
      for (int j = 0; j < 20; j++) {
        header = header.withPax("SCHILY.xattr.user.a" + (i + j) % 40, "value " + (i + j) % 40);
      }
      tar.member(header);
    }
    TREES.assertSame(tar.end());
  }

  /** ext4 cannot hold so many, so this one is not compared with what tar unpacks. */
  @Test
  void aFileMayHaveMoreAttributesThanAByteCounts() {
    for (String name : new String[] {"a", "b"}) {
      var header = Header.of(name, '0');
      for (int i = 0; i < 400; i++) {
        header = header.withPax("SCHILY.xattr.user.x" + i, "v" + i);
      }
      tar.member(header.withPax("SCHILY.xattr.user.big", "b".repeat(4000)));
    }
    var lines = TREES.converted(tar.end()).lines();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1).split("user\\.", -1)).hasSize(402);
    assertThat(lines.get(1).substring(4)).isEqualTo(lines.get(2).substring(4));
  }

  @Test
  void numbersMayBeAsLargeAsLinuxHasThem() throws IOException {
    tar.member(Header.of("ids", '0').withOwner(0xffff_fffeL, 0xffff_fffeL));
    tar.member(Header.of("device", '4').withDevice(4095, 0xf_ffff));
    tar.member(Header.of("early", '0').withModified(-(1L << 31)));
    tar.member(Header.of("late", '0').withModified(15_032_385_535L));
    tar.member(Header.of("fine", '0').withPax("mtime", "1.999999999"));
    TREES.assertSame(tar.end());
  }

  @Test
  void timesMayBeBeyondWhatExt4Holds() {
    tar.member(Header.of("f", '0').withModified(1L << 40));
    assertThat(TREES.converted(tar.end()).lines().getLast())
        .contains(String.format(Locale.ROOT, "\t%d.000000000\t", 1L << 40));
  }
}
