package caisson.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.testkit.Tar;
import caisson.testkit.Tar.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that lie or are made to exhaust their reader: each is refused and leaves nothing. */
final class HostileLayerTest {
  private static final int BLOCK = 512;

  @TempDir private Path directory;

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(directory).isEmptyDirectory();
  }

  private CaissonException refused(InputStream archive) {
    var exception =
        catchThrowableOfType(
            CaissonException.class, () -> LayerImage.convert(archive, directory.resolve("image")));
    assertThat(exception).as("the archive was taken").isNotNull();
    return exception;
  }

  private void assertCorrupt(byte[] archive, String why) {
    var exception = refused(new ByteArrayInputStream(archive));
    assertThat(exception.code()).isEqualTo(ErrorCode.CORRUPT);
    assertThat(exception).hasMessageContaining(why);
  }

  @Test
  void anArchiveCutAnywhereInsideOfAMemberIsRefused() throws IOException {
    byte[] whole =
        new Tar()
            .member(Header.of("f", '0').withPax("SCHILY.xattr.user.a", "b"), new byte[700])
            .file("l".repeat(200), "long")
            .symlink("s", "f")
            .end();
    for (int length = 1; length < whole.length - 2 * BLOCK; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length % BLOCK != 0) {
        assertCorrupt(cut, "the archive ends");
      } else {
        convertOrRefuse(cut);
      }
    }
  }

  /** At a block's border the archive may look complete. */
  private void convertOrRefuse(byte[] archive) throws IOException {
    try {
      LayerImage.convert(new ByteArrayInputStream(archive), directory.resolve("image"));
      Files.delete(directory.resolve("image"));
    } catch (CaissonException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 511, 513, 1L << 33, Long.MAX_VALUE})
  void aSizeThatLiesIsRefused(long size) {
    assertCorrupt(new Tar().raw(Header.of("f", '0').withSize(size), new byte[0]).unended(), "ends");
  }

  @Test
  void aNegativeSizeIsRefused() {
    assertCorrupt(new Tar().raw(Header.of("f", '0').withSize(-1), new byte[0]).end(), "negative");
  }

  @Test
  void aHeaderWithAnyOtherByteIsRefused() {
    byte[] archive = new Tar().file("f", "x").end();
    // The last byte of the checksum's field is behind its end and means nothing.
    IntStream.range(0, BLOCK)
        .filter(i -> i != 155)
        .forEach(i -> {
          byte[] damaged = archive.clone();
          damaged[i] ^= 0x15;
          assertCorrupt(damaged, "checksum");
        });
  }

  @Test
  void aDeviceNumberThatLinuxCannotHaveIsRefused() {
    assertCorrupt(
        new Tar().member(Header.of("d", '3').withDevice(4096, 0)).end(), "major device number");
    assertCorrupt(
        new Tar().member(Header.of("d", '3').withDevice(0, 1 << 20)).end(), "minor device number");
  }

  @Test
  void anOwnerThatLinuxCannotHaveIsRefused() {
    assertCorrupt(new Tar().member(Header.of("f", '0').withOwner(1L << 32, 0)).end(), "user id");
    assertCorrupt(new Tar().member(Header.of("f", '0').withOwner(0, -1)).end(), "group id");
    assertCorrupt(
        new Tar().member(Header.of("f", '0').withOwner(0xffff_ffffL, 0)).end(), "user id");
  }

  @ParameterizedTest
  @ValueSource(chars = {'M', 'N', 'Z', '8', '\u00ff'})
  void anUnknownTypeIsRefused(char type) {
    assertCorrupt(new Tar().member(Header.of("f", type)).end(), "cannot be unpacked");
  }

  @ParameterizedTest
  @CsvSource({
    "size,            12x,    number",
    "size,            -1,     number",
    "uid,             4294967295, out of range",
    "mtime,           soon,   not a time",
    "mtime,           99999999999999999, not a time",
    "GNU.sparse.map,  '0,1,2', without a length",
    "GNU.sparse.map,  '5,1,0,1', overlap",
    "GNU.sparse.map,  '0,9223372036854775807', does not fit",
    "GNU.sparse.map,  '1,9223372036854775807', overlap",
    "GNU.sparse.size, 99999999999999999999, number",
    "LIBARCHIVE.xattr.user.a, '!!', base 64",
    "SCHILY.xattr.,   x,      cannot be the name"
  })
  void recordsThatMakeNoSenseAreRefused(String key, String value, String why) {
    assertCorrupt(new Tar().member(Header.of("f", '0').withPax(key, value)).end(), why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5 a=b\n",
        "7 a=b\n",
        "6 a=bX",
        "6 abc\n",
        "x a=b\n",
        "6a=b\n\n",
        "6 =ab\n",
        "0 a=b\n"
      })
  void recordsThatAreNotOfTheirFormAreRefused(String record) {
    byte[] bytes = record.getBytes(StandardCharsets.US_ASCII);
    assertCorrupt(
        new Tar().member(Header.of("pax", 'x'), bytes).file("f", "").end(), "extended header");
  }

  @Test
  void namesAreBoundedByWhatLinuxHas() {
    assertCorrupt(new Tar().file("n".repeat(256), "").end(), "longer than 255 bytes");
    assertCorrupt(new Tar().file("d/".repeat(2048), "").end(), "more than 4095");
    assertCorrupt(new Tar().symlink("l", "t".repeat(4096)).end(), "more than 4095");
    assertCorrupt(new Tar().symlink("l", "").end(), "no target");
    var nul = Header.of("f", '0').withPax("path", "a\0b");
    assertCorrupt(new Tar().member(nul).end(), "NUL byte");
  }

  @Test
  void attributesAreBounded() {
    var large = Header.of("f", '0').withPax("SCHILY.xattr.user.a", new byte[65_536]);
    assertCorrupt(new Tar().member(large).end(), "more than Linux takes");
    var many = Header.of("f", '0');
    for (int i = 0; i < 3; i++) {
      many = many.withPax("SCHILY.xattr.user." + i, new byte[60_000]);
    }
    assertCorrupt(new Tar().member(many).end(), "size of the extended attributes");
    var name = Header.of("f", '0').withPax("SCHILY.xattr.user." + "n".repeat(251), "");
    assertCorrupt(new Tar().member(name).end(), "cannot be the name");
  }

  @Test
  void extendedHeadersAreBounded() {
    byte[] megabyte = new byte[(1 << 20) + 1];
    for (char type : new char[] {'x', 'g', 'L', 'K'}) {
      assertCorrupt(new Tar().member(Header.of("h", type), megabyte).end(), "more than 1048576");
    }
    var tar = new Tar();
    byte[] record = ("20012 path=" + "x".repeat(20_000) + "\n").getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 100; i++) {
      tar.member(Header.of("h", 'x'), record);
    }
    assertCorrupt(tar.end(), "more than 1048576 bytes");
  }

  @Test
  void aSparseFileLargerThanAnyFileSystemTakesIsRefused() {
    var huge =
        Header.of("f", '0')
            .withPax("GNU.sparse.size", "" + Long.MAX_VALUE)
            .withPax("GNU.sparse.map", "0,0");
    assertCorrupt(new Tar().member(huge).end(), "more than 16 TiB");
  }

  @Test
  void aHugeHoleTakesNoRoom() throws IOException {
    var hole =
        Header.of("f", '0')
            .withPax("GNU.sparse.size", "" + (1L << 44))
            .withPax("GNU.sparse.map", "0,0");
    var image = directory.resolve("image");
    LayerImage.convert(new ByteArrayInputStream(new Tar().member(hole).end()), image);
    assertThat(Files.size(image)).isLessThan(100_000);
    Trees.fsck(image);
    Files.delete(image);
  }

  @Test
  void aStreamThatFailsIsReported() {
    assertThat(refused(new PipedInputStream())).hasMessageContaining("Pipe not connected");
  }

  @Test
  void aTargetThatCannotBeWrittenIsNoFaultOfTheArchive() {
    var nowhere = directory.resolve("missing/image");
    assertThatThrownBy(() -> LayerImage.convert(new ByteArrayInputStream(new byte[1024]), nowhere))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_RESOURCES));
  }
}
