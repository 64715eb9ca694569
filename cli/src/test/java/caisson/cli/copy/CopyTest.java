package caisson.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.guest.tar.Member;
import caisson.guest.tar.TarReader;
import caisson.guest.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CopyTest {
  private static final PathStat DIRECTORY = new PathStat("d", 1L << 31, "");
  private static final PathStat FILE = new PathStat("f", 0644, "");

  @TempDir Path here;

  private static Member member(String name, char type, long size, String link) {
    return new Member(name, type, 0640, 0, 0, size, 1000, link, 0, 0, List.of());
  }

  /** An archive of members whose content is their name. */
  private static byte[] archive(Member... members) {
    var bytes = new ByteArrayOutputStream();
    var writer = new TarWriter(bytes::write);
    for (var member : members) {
      writer.begin(member);
      if (member.type() == Member.FILE) {
        writer.content(member.name().getBytes(StandardCharsets.UTF_8), 0, (int) member.size());
        writer.pad(member.size());
      }
    }
    writer.end();
    return bytes.toByteArray();
  }

  private static Member file(String name) {
    return member(name, Member.FILE, name.length(), "");
  }

  private void extract(PathStat stat, String source, Path target, Member... members)
      throws IOException {
    LocalExtraction.of(stat, source, target.toString())
        .run(new ByteArrayInputStream(archive(members)));
  }

  @ParameterizedTest
  @CsvSource({
    "c:/a,c,/a",
    "c:a,c,a",
    "/x:y,'',/x:y",
    "./x:y,'',./x:y",
    "x/y:z,'',x/y:z",
    "-,'',-",
    "a,'',a"
  })
  void aColonMakesAContainerUnlessItIsInAPath(String text, String container, String path) {
    assertThat(CopyPath.parse(text)).isEqualTo(new CopyPath(container, path));
  }

  @Test
  void aFileGoesIntoADirectoryOrGetsANewName() throws IOException {
    extract(FILE, "/c/f", here, file("f"));
    extract(FILE, "/c/f", here.resolve("g"), file("f"));
    assertThat(here.resolve("f")).hasContent("f");
    assertThat(here.resolve("g")).hasContent("f");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(here.resolve("f"))))
        .isEqualTo("rw-r-----");
    assertThat(Files.getLastModifiedTime(here.resolve("f")).toMillis()).isEqualTo(1_000_000);
    assertThatThrownBy(() -> LocalExtraction.of(FILE, "/c/f", here + "/no/"))
        .hasMessageContaining("does not exist");
  }

  @Test
  void aDirectoryGoesIntoOneThatIsThereAndItsContentIfItEndsWithADot() throws IOException {
    extract(DIRECTORY, "/c/d", here, member("d", Member.DIRECTORY, 0, ""), file("d/x"));
    extract(DIRECTORY, "/c/d/.", here, member(".", Member.DIRECTORY, 0, ""), file("./y"));
    extract(
        DIRECTORY, "/c/d", here.resolve("e"), member("d", Member.DIRECTORY, 0, ""), file("d/z"));
    assertThat(here.resolve("d/x")).exists();
    assertThat(here.resolve("y")).exists();
    assertThat(here.resolve("e/z")).exists();
  }

  @Test
  void nothingLeadsOutOfTheTarget() throws IOException {
    var target = Files.createDirectory(here.resolve("in"));
    var outside = Files.createDirectory(here.resolve("out"));
    assertThatThrownBy(() -> extract(DIRECTORY, "/d", target, file("d/../../evil")))
        .hasMessageContaining("leads out");
    assertThatThrownBy(() ->
            extract(
                DIRECTORY,
                "/d",
                target,
                member("d", Member.DIRECTORY, 0, ""),
                member("d/l", Member.SYMBOLIC_LINK, 0, outside.toString()),
                file("d/l/evil")))
        .hasMessageContaining("through a link");
    extract(FILE, "/l", target, member("l", Member.SYMBOLIC_LINK, 0, outside + "/evil"));
    extract(FILE, "/l", target, file("l"));
    assertThat(Files.isRegularFile(target.resolve("l"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(outside).isEmptyDirectory();
    assertThat(here.resolve("evil")).doesNotExist();
  }

  /** The content of a container's directory has no name of its own, a file in its place has. */
  @Test
  void theTargetItselfIsNotReplaced() throws IOException {
    var target = Files.createDirectory(here.resolve("in"));
    var outside = Files.createDirectory(here.resolve("out"));
    var link = member("d", Member.SYMBOLIC_LINK, 0, outside.toString());
    assertThatThrownBy(() -> extract(DIRECTORY, "/d/.", target, link, file("d/evil")))
        .hasMessageContaining("in the target's place");
    assertThat(Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aBrokenArchiveIsAnError() {
    var cut = new ByteArrayInputStream(archive(file("f")), 0, 700);
    assertThatThrownBy(() -> LocalExtraction.of(FILE, "/f", here.toString()).run(cut))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken");
  }

  /** Names in an archive with their content or what they link to. */
  private static Map<String, String> read(LocalArchive archive) throws IOException {
    var names = new TreeMap<String, String>();
    try (var input = archive.open()) {
      var reader =
          new TarReader((bytes, offset, length) -> {
            try {
              return Math.max(0, input.read(bytes, offset, length));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        var buffer = new byte[64];
        int length = reader.content(buffer);
        var content = new String(buffer, 0, length, StandardCharsets.UTF_8);
        names.put(next.get().name(), next.get().link() + content);
      }
    }
    return names;
  }

  @Test
  void whatIsSentIsCalledAsItIsToBeThere() throws IOException {
    Files.writeString(here.resolve("f"), "text");
    var tree = Files.createDirectories(here.resolve("d/e"));
    Files.createSymbolicLink(tree.resolve("l"), Path.of("../x"));
    var file = here + "/f";
    var into = LocalArchive.of(file, false, "/tmp", Optional.of(DIRECTORY));
    assertThat(into.directory()).isEqualTo("/tmp");
    assertThat(read(into)).isEqualTo(Map.of("f", "text"));
    var renamed = LocalArchive.of(file, false, "/tmp/g", Optional.empty());
    assertThat(renamed.directory()).isEqualTo("/tmp");
    assertThat(read(renamed)).isEqualTo(Map.of("g", "text"));
    assertThat(read(LocalArchive.of(here + "/d", false, "/t", Optional.of(DIRECTORY))))
        .isEqualTo(Map.of("d/", "", "d/e/", "", "d/e/l", "../x"));
    assertThat(read(LocalArchive.of(here + "/d/.", false, "/t", Optional.of(DIRECTORY))))
        .isEqualTo(Map.of("e/", "", "e/l", "../x"));
    assertThatThrownBy(() -> LocalArchive.of(here + "/d", false, "/t", Optional.of(FILE)))
        .hasMessageContaining("cannot copy directory");
    assertThatThrownBy(() -> LocalArchive.of(file, false, "/t/", Optional.empty()))
        .hasMessageContaining("does not exist");
  }

  @Test
  void readsWhatTheDaemonSaysOfAPath() throws IOException {
    var json = "{\"name\":\"l\",\"mode\":134218239,\"linkTarget\":\"../x\"}";
    var header =
        java.util.Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    var stat = PathStat.of(header);
    assertThat(stat.isLink()).isTrue();
    assertThat(stat.target("/a/l")).isEqualTo("/a/../x");
    assertThatThrownBy(() -> PathStat.of("%")).isInstanceOf(IOException.class);
  }
}
