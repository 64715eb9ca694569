package caisson.guest.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class TarTest {
  private static byte[] write(Member member, byte[] content) {
    var bytes = new ByteArrayOutputStream();
    var writer = new TarWriter(bytes::write);
    writer.begin(member);
    writer.content(content, 0, content.length);
    writer.pad(content.length);
    writer.end();
    return bytes.toByteArray();
  }

  private static TarReader reader(byte[] archive) {
    var input = new ByteArrayInputStream(archive);
    return new TarReader((bytes, offset, length) -> Math.max(0, input.read(bytes, offset, length)));
  }

  private static byte[] content(TarReader reader) {
    var content = new ByteArrayOutputStream();
    var buffer = new byte[7];
    for (int length = reader.content(buffer); length > 0; length = reader.content(buffer)) {
      content.write(buffer, 0, length);
    }
    return content.toByteArray();
  }

  private static Member file(String name, long size) {
    return new Member(name, Member.FILE, 0644, 1, 2, size, 3, "", 0, 0, List.of());
  }

  @Property(tries = 300)
  void readsWhatItWrote(@ForAll("members") Member member) {
    var content = new byte[(int) member.size()];
    Arrays.fill(content, (byte) 'x');
    var reader = reader(write(member, content));
    var read = reader.next().orElseThrow();
    assertThat(content(reader)).isEqualTo(content);
    assertThat(reader.next()).isEmpty();
    assertThat(without(read)).isEqualTo(without(member));
    assertThat(values(read)).containsExactlyElementsOf(values(member));
  }

  /**
   * A name that ends with a slash is a directory's, as archives have it that know no type of it.
   */
  @Test
  void onlyFilesHaveContent() {
    var directory = new Member("d", Member.DIRECTORY, 0755, 1, 2, 3, 4, "", 0, 0, List.of());
    for (var member : List.of(file("d/", 3), directory)) {
      var reader = reader(write(member, new byte[3]));
      var read = reader.next().orElseThrow();
      assertThat(read.type()).isEqualTo(Member.DIRECTORY);
      assertThat(read.size()).isZero();
      assertThat(content(reader)).isEmpty();
      assertThat(reader.next()).isEmpty();
    }
  }

  @Provide
  Arbitrary<Member> members() {
    var names =
        Arbitraries.strings()
            .withChars("ab/é. ")
            .ofMinLength(1)
            .ofMaxLength(300)
            .filter(name -> !name.endsWith("/"));
    var attributes =
        Combinators.combine(
                Arbitraries.strings().alpha().ofMinLength(1).map(name -> "user." + name),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(200))
            .as(Member.Attribute::new);
    var types = Arbitraries.of(Member.FILE, Member.DIRECTORY, Member.SYMBOLIC_LINK, Member.FIFO);
    return Combinators.combine(
            names,
            types,
            Arbitraries.integers().between(0, 07777),
            Arbitraries.integers(),
            Arbitraries.integers().between(0, 2000),
            Arbitraries.longs().between(-1L << 40, 1L << 40),
            attributes.list().ofMaxSize(3))
        .as(TarTest::member);
  }

  private static Member member(
      String name,
      char type,
      int mode,
      int owner,
      int size,
      long modified,
      List<Member.Attribute> attributes) {
    var link = type == Member.SYMBOLIC_LINK ? name : "";
    int content = type == Member.FILE ? size : 0;
    // A directory's name ends with a slash in an archive.
    var full = type == Member.DIRECTORY ? name + "/" : name;
    return new Member(full, type, mode, owner, owner, content, modified, link, 0, 0, attributes);
  }

  private static Member without(Member member) {
    var name = member.name();
    boolean slash = member.type() == Member.DIRECTORY;
    return new Member(
        slash ? name.replaceFirst("/+$", "") : name,
        member.type(),
        member.mode(),
        member.uid(),
        member.gid(),
        member.size(),
        member.modified(),
        member.link(),
        0,
        0,
        List.of());
  }

  private static List<String> values(Member member) {
    return member.attributes().stream()
        .map(each -> each.name() + Arrays.toString(each.value()))
        .toList();
  }

  @Test
  void readsLongNamesOfGnu() {
    var bytes = new ByteArrayOutputStream();
    var writer = new TarWriter(bytes::write);
    var name = "n".repeat(300);
    gnu(writer, 'L', name + "\0");
    writer.begin(file("short", 0));
    writer.end();
    assertThat(reader(bytes.toByteArray()).next().map(Member::name)).isEqualTo(Optional.of(name));
  }

  private static void gnu(TarWriter writer, char type, String text) {
    var content = text.getBytes(StandardCharsets.UTF_8);
    var head = new Member("././@LongLink", type, 0, 0, 0, content.length, 0, "", 0, 0, List.of());
    writer.begin(head);
    writer.content(content, 0, content.length);
    writer.pad(content.length);
  }

  @Test
  void readsNumbersInBase256() {
    var archive = write(file("f", 0), new byte[0]);
    archive[TarFormat.UID] = (byte) 0x80;
    Arrays.fill(archive, TarFormat.UID + 1, TarFormat.UID + 8, (byte) 0);
    archive[TarFormat.UID + 7] = 42;
    archive[TarFormat.MODIFIED] = (byte) 0xff;
    Arrays.fill(archive, TarFormat.MODIFIED + 1, TarFormat.MODIFIED + 12, (byte) 0xff);
    seal(archive);
    var member = reader(archive).next().orElseThrow();
    assertThat(member.uid()).isEqualTo(42);
    assertThat(member.modified()).isEqualTo(-1);
  }

  /** Makes the first header's checksum right again. */
  private static void seal(byte[] archive) {
    var sum = "%06o\0 ".formatted(TarFormat.checksum(archive));
    System.arraycopy(sum.getBytes(StandardCharsets.US_ASCII), 0, archive, TarFormat.CHECKSUM, 8);
  }

  @Test
  void skipsContentThatNobodyReads() {
    var both = new ByteArrayOutputStream();
    var first = write(file("a", 1000), new byte[1000]);
    both.write(first, 0, first.length - 1024);
    both.writeBytes(write(file("b", 1), new byte[] {'b'}));
    var reader = reader(both.toByteArray());
    assertThat(reader.next().orElseThrow().name()).isEqualTo("a");
    assertThat(reader.next().orElseThrow().name()).isEqualTo("b");
    assertThat(content(reader)).containsExactly('b');
  }

  @Test
  void everyCutIsAnEndOrARefusal() {
    var whole = write(file("name", 700), new byte[700]);
    var wrong = new ArrayList<Integer>();
    for (int length = 1; length < whole.length; length++) {
      var reader = reader(Arrays.copyOf(whole, length));
      boolean complete = length >= whole.length - 1024;
      try {
        while (reader.next().isPresent()) {
          content(reader);
        }
        if (!complete) {
          wrong.add(length);
        }
      } catch (TarException e) {
        if (complete && length % 512 == 0) {
          wrong.add(length);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void refusesWhatIsNoArchive() {
    refused(new byte[512], "x".repeat(512).getBytes(StandardCharsets.US_ASCII), "checksum");
    var type = write(file("f", 0), new byte[0]);
    type[TarFormat.TYPE] = 'S';
    seal(type);
    refused(type, type, "type is unknown");
    var size = write(file("f", 0), new byte[0]);
    size[TarFormat.SIZE] = (byte) 0xff;
    seal(size);
    refused(size, size, "size");
  }

  private static void refused(byte[] ignored, byte[] archive, String why) {
    assertThatThrownBy(() -> reader(archive).next())
        .isInstanceOf(TarException.class)
        .hasMessageContaining(why);
  }

  @Test
  void boundsWhatComesBeforeAMember() {
    var bytes = new ByteArrayOutputStream();
    var writer = new TarWriter(bytes::write);
    gnu(writer, 'L', "n".repeat(TarReader.MAX_EXTENSIONS + 1));
    assertThatThrownBy(() -> reader(bytes.toByteArray()).next())
        .hasMessageContaining("extended header");
  }

  @Test
  void refusesBrokenRecords() {
    for (var records :
        List.of(
            "x",
            "5",
            "0 a=b\n",
            "99 a=b\n",
            "6 a=bc",
            "7 path\n",
            "9 size=x\n",
            "10 size=-1\n",
            "12 path=a\0b\n",
            "16 linkpath=a\0b\n",
            "19 GNU.sparse.a=b\n")) {
      var bytes = new ByteArrayOutputStream();
      gnu(new TarWriter(bytes::write), 'x', records);
      assertThatThrownBy(() -> reader(bytes.toByteArray()).next())
          .as(records)
          .isInstanceOf(TarException.class);
    }
  }
}
