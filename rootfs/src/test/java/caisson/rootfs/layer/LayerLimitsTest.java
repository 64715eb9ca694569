package caisson.rootfs.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.rootfs.tar.SparseMap;
import caisson.rootfs.tar.TarReader;
import caisson.rootfs.tree.Directory;
import caisson.rootfs.tree.FileData;
import caisson.rootfs.tree.NodeList;
import caisson.testkit.Tar;
import caisson.testkit.Tar.Header;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

/** What a layer costs its reader ends at the limits, and not before. */
final class LayerLimitsTest {
  private static final LayerLimits LIMITS = new LayerLimits(100, 10_000, 1_000);

  private final Tar tar = new Tar();

  /** Forgets all data. */
  private static final class NoData implements DataStore {
    @Override
    public FileData store(TarReader content, long size) {
      return FileData.NONE;
    }

    @Override
    public FileData store(TarReader content, long size, SparseMap map) {
      return new FileData.Chunked(0, new int[(int) size]);
    }
  }

  private Directory read() {
    var archive = new TarReader(new ByteArrayInputStream(tar.end()));
    return new LayerReader(archive, new NoData(), LIMITS, new LayerMemory(0).join()).read();
  }

  private void assertRefused(String why) {
    assertRefused(ErrorCode.NO_RESOURCES, why);
  }

  private void assertRefused(ErrorCode code, String why) {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(CaissonException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(why);
  }

  @Test
  void countsFiles() {
    for (int i = 0; i < 100; i++) {
      tar.file("f" + i, "");
    }
    assertThat(NodeList.of(read()).size()).isEqualTo(101);
  }

  @Test
  void refusesMoreFiles() {
    for (int i = 0; i < 101; i++) {
      tar.file("f" + i, "");
    }
    assertRefused("more than 100 files");
  }

  @Test
  void countsFilesThatReplaceEachOther() {
    for (int i = 0; i < 101; i++) {
      tar.file("f", "");
    }
    assertRefused("more than 100 files");
  }

  @Test
  void countsHardLinksWhiteoutsAndImpliedDirectories() {
    tar.file("f", "");
    for (int i = 0; i < 25; i++) {
      tar.hardLink("h" + i, "f").file(".wh.w" + i, "").file("implied" + i + "/f", "");
    }
    assertRefused("more than 100 files");
  }

  @Test
  void countsBytesOfNames() {
    for (int i = 0; i < 50; i++) {
      tar.file("n".repeat(200) + i, "");
    }
    assertRefused("more than 10000 bytes of names");
  }

  @Test
  void countsBytesOfTargetsAndAttributes() {
    for (int i = 0; i < 3; i++) {
      tar.symlink("l" + i, "t".repeat(3000));
      tar.member(Header.of("f" + i, '0').withPax("SCHILY.xattr.user.a", new byte[1000]));
    }
    assertRefused("more than 10000 bytes of names");
  }

  @Test
  void countsAttributesHoweverSmall() {
    for (int i = 0; i < 5; i++) {
      var header = Header.of("f" + i, '0');
      for (int j = 0; j < 10; j++) {
        header = header.withPax("SCHILY.xattr.user." + j, "");
      }
      tar.member(header);
    }
    assertRefused("more than 10000 bytes of names");
  }

  @Test
  void growWithTheMemoryUpToWhatAnyImageNeeds() {
    assertThat(LayerLimits.within(96L << 20).nodes()).isEqualTo(335_544);
    assertThat(LayerLimits.within(96L << 20).bytes()).isEqualTo(32L << 20);
    assertThat(LayerLimits.within(10L << 30)).isEqualTo(LayerLimits.within(1L << 30));
    assertThat(LayerLimits.within(1L << 30).nodes()).isEqualTo(1_000_000);
  }

  @Test
  void countsTheMapsOfSparseFiles() {
    tar.member(
        Header.of("f", '0').withPax("GNU.sparse.size", "2501").withPax("GNU.sparse.map", "0,0"));
    assertRefused("more than 10000 bytes of names");
  }

  @Test
  void countsTheStepsOfWalksThroughLinks() {
    String deep = "d/".repeat(40);
    tar.file(deep + "f", "").symlink("l", deep + "../".repeat(40) + deep);
    for (int i = 0; i < 8; i++) {
      tar.file("l/" + i, "");
    }
    assertRefused(ErrorCode.CORRUPT, "too deep or go through too many links");
  }
}
