package caisson.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.testkit.ImageArchives;
import caisson.testkit.Tar;
import caisson.testkit.Tar.Header;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a layer's members add up to where they say more than one thing, or something odd. */
final class LayerRulesTest {
  private static final Trees TREES = Trees.create();

  private final Tar tar = new Tar();

  @AfterAll
  static void close() {
    TREES.close();
  }

  /** Path, type, mode and what a file holds or a link points to, of everything but the root. */
  private List<String> tree() {
    return TREES.converted(tar.end()).lines().stream()
        .map(line -> line.split("\t", -1))
        .filter(fields -> !fields[0].equals("."))
        .map(fields -> fields[0].substring(2) + " " + fields[1] + fields[2] + shown(fields))
        .toList();
  }

  private static String shown(String[] fields) {
    return List.of(fields).subList(7, fields.length).stream()
        .filter(field -> !field.equals("-") && !field.equals("1"))
        .map(field -> field.equals(sha("one")) ? "one" : field.equals(sha("two")) ? "two" : field)
        .map(field -> " " + field)
        .collect(Collectors.joining());
  }

  private static String sha(String content) {
    return ImageArchives.sha256(content.getBytes(StandardCharsets.UTF_8));
  }

  private void assertRefused(String why) {
    assertThatThrownBy(this::tree)
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
        .hasMessageContaining(why);
    assertThat(TREES.directory().resolve("image")).doesNotExist();
  }

  @Test
  void theLastMemberOfANameStays() {
    tar.file("a", "one").file("a", "two").symlink("b", "x").file("b", "one");
    assertThat(tree()).containsExactly("a f0644 two", "b f0644 one");
  }

  @Test
  void aNewFileOfANameLeavesTheOtherNamesOfTheOldOne() {
    tar.file("a", "one").hardLink("b", "a").hardLink("c", "a").file("a", "two");
    assertThat(tree()).containsExactly("a f0644 two", "b f0644 2 ./b one", "c f0644 2 ./b one");
  }

  @Test
  void aFileTakesTheWholePlaceOfADirectory() {
    tar.directory("d", 0700).file("d/x", "one").file("d", "two");
    assertThat(tree()).containsExactly("d f0644 two");
  }

  @Test
  void aDirectoryTakesThePlaceOfAFileOrLink() {
    tar.file("a", "one").directory("a", 0711).file("a/x", "two");
    tar.symlink("b", "a").directory("b", 0722);
    assertThat(tree()).containsExactly("a d0711", "a/x f0644 two", "b d0722");
  }

  @Test
  void aDirectoryOverADirectoryKeepsWhatIsInIt() {
    tar.member(dir("d").withPax("SCHILY.xattr.user.a", "1")).file("d/x", "one");
    tar.member(dir("d").withMode(0500).withPax("SCHILY.xattr.user.b", "2"));
    assertThat(tree()).containsExactly("d d0500 user.a=31,user.b=32", "d/x f0644 one");
  }

  private static Header dir(String name) {
    return Header.of(name, '5').withMode(0755);
  }

  @Test
  void missingParentsAreMade() {
    tar.file("a/b/c", "one").directory("a", 0750);
    assertThat(tree()).containsExactly("a d0750", "a/b d0755", "a/b/c f0644 one");
  }

  @Test
  void namesAreTakenFromTheRootDown() {
    tar.file("/abs", "one").file("./dot", "two").file("a//b/./c", "one").directory("a/b/", 0700);
    assertThat(tree())
        .containsExactly(
            "a d0755", "a/b d0700", "a/b/c f0644 one", "abs f0644 one", "dot f0644 two");
  }

  @Test
  void linksAsParentsAreFollowedInsideOfTheLayer() {
    tar.directory("real", 0755).symlink("abs", "/real").symlink("up", "../../real");
    tar.file("abs/a", "one").file("up/b", "two").hardLink("h", "abs/a");
    assertThat(tree())
        .containsExactly(
            "abs l0777 /real",
            "h f0644 2 ./h one",
            "real d0755",
            "real/a f0644 2 ./h one",
            "real/b f0644 two",
            "up l0777 ../../real");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../b", "/..", "a/.."})
  void aNameThatGoesUpIsRefused(String name) {
    tar.directory("a", 0755).file(name, "one");
    assertRefused("\"..\"");
  }

  @Test
  void aParentThatIsNoDirectoryIsRefused() {
    tar.file("a", "one").file("a/b", "two");
    assertRefused("\"a\" on the way to it is not a directory");
  }

  @Test
  void aParentThatIsADanglingLinkIsRefused() {
    tar.symlink("a", "/etc").file("a/passwd", "one");
    assertRefused("symbolic link whose target, \"etc\", is missing");
  }

  @Test
  void aCircleOfLinksIsRefused() {
    tar.symlink("a", "b").symlink("b", "a").file("a/x", "one");
    assertRefused("more than 40 symbolic links");
  }

  @Test
  void theLastPartOfANameIsNotFollowed() {
    tar.directory("d", 0755).symlink("l", "d").file("l", "one");
    assertThat(tree()).containsExactly("d d0755", "l f0644 one");
  }

  @Test
  void aHardLinkNeedsAFileThatIsThere() {
    tar.hardLink("a", "b").file("b", "one");
    assertRefused("\"b\" is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "d", "."})
  void aHardLinkCannotLeaveTheLayerOrNameADirectory(String target) {
    tar.directory("d", 0755).hardLink("a", target);
    assertThatThrownBy(this::tree).isInstanceOf(CaissonException.class);
  }

  @Test
  void aHardLinkToItselfChangesNothing() {
    tar.file("a", "one").hardLink("a", "a");
    assertThat(tree()).containsExactly("a f0644 one");
  }

  @Test
  void hardLinksMayNameAnythingButDirectories() {
    tar.symlink("l", "x").hardLink("m", "l").member(Header.of("p", '6')).hardLink("q", "p");
    assertThat(tree())
        .containsExactly("l l0777 2 ./l x", "m l0777 2 ./l x", "p p0644 2 ./p", "q p0644 2 ./p");
  }

  @Test
  void onlyADirectoryCanBeTheRoot() {
    tar.symlink(".", "x");
    assertRefused("only a directory can be the root");
  }

  @Test
  void aWhiteoutBecomesADeviceAndAnOpaqueDirectoryAnAttribute() {
    tar.file("d/.wh.gone", "").file("o/.wh..wh..opq", "").file("o/new", "one");
    assertThat(tree())
        .containsExactly(
            "d d0755", "d/gone c0000 0:0", "o d0755 trusted.overlay.opaque=79", "o/new f0644 one");
  }

  @Test
  void aWhiteoutSpeaksOnlyOfLowerLayers() {
    tar.file("a", "one").file(".wh.a", "").file(".wh.b", "").file("b", "two");
    tar.file(".wh.c", "").file("c/x", "one");
    assertThat(tree())
        .containsExactly(
            "a f0644 one", "b f0644 two", "c d0755 trusted.overlay.opaque=79", "c/x f0644 one");
  }

  @Test
  void otherMarksOfAufsMeanNothing() {
    tar.file(".wh..wh.plnk/1.2", "one").file(".wh..wh.aufs", "two").file("a", "one");
    assertThat(tree()).containsExactly("a f0644 one");
  }

  @ParameterizedTest
  @ValueSource(strings = {".wh.", ".wh...", ".wh..", ".wh.x/inside"})
  void aWhiteoutOfNothingIsRefused(String name) {
    tar.file(name, "");
    assertRefused("whiteout");
  }

  @Test
  void attributesThatWouldSteerTheGuestsOverlayAreDropped() {
    tar.member(
        dir("d")
            .withPax("SCHILY.xattr.trusted.overlay.opaque", "y")
            .withPax("SCHILY.xattr.trusted.overlay.redirect", "/etc")
            .withPax("SCHILY.xattr.system.nfs4_acl", "x")
            .withPax("SCHILY.xattr.user.kept", "x"));
    assertThat(tree()).containsExactly("d d0755 user.kept=78");
  }

  @Test
  void libarchivesAttributesAreReadToo() {
    tar.member(dir("d").withPax("LIBARCHIVE.xattr.user.a%3db", "AP8K"));
    assertThat(tree()).containsExactly("d d0755 user.a=b=00ff0a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user::rwx,user:5:r--,group::r-x,mask::r-x,other::---",
        "user::rwx\nuser:alice:r--:5\ngroup::r-x\nmask::r-x\nother::---\n",
        "other::---,m::r-x,g::r-x,u:5:r--#effective:r--,u::rwx"
      })
  void accessControlListsInTextAreRead(String acl) {
    tar.member(Header.of("f", '0').withMode(0750).withPax("SCHILY.acl.access", acl));
    assertThat(tree().getFirst())
        .endsWith(
            "system.posix_acl_access=0200000001000700ffffffff0200040005000000"
                + "04000500ffffffff10000500ffffffff20000000ffffffff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user::rwx,user:alice:r--,group::r-x,mask::r-x,other::---",
        "user::rwx,user:5:r--,group::r-x,other::---",
        "user::rwx,user::rwx,group::r-x,other::---",
        "user::rwx,group::r-x",
        "user::rwx,user:4294967295:r--,group::r-x,mask::r-x,other::---",
        "nonsense",
        ""
      })
  void accessControlListsThatSayNothingCertainAreDropped(String acl) {
    tar.member(Header.of("f", '0').withMode(0750).withPax("SCHILY.acl.access", acl));
    assertThat(tree()).allMatch(line -> !line.contains("posix_acl"));
  }

  @Test
  void nothingOutsideOfTheImageIsWritten() throws Exception {
    var victim = Files.writeString(TREES.directory().resolve("victim"), "untouched");
    tar.symlink("out", victim.toString()).file("out", "two").symlink("dir", "/tmp");
    tar.hardLink("hard", victim.toString());
    assertThatThrownBy(this::tree).isInstanceOf(CaissonException.class);
    assertThat(victim).hasContent("untouched");
    Files.delete(victim);
  }
}
