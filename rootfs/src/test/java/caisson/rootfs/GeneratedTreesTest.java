package caisson.rootfs;

import caisson.rootfs.tree.ByteString;
import caisson.testkit.Tar;
import caisson.testkit.Tar.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** What Linux sees in an image is what GNU tar unpacks from the layer, for trees of all kinds. */
final class GeneratedTreesTest {
  /** A capability set as the kernel takes it: version 2, cap_net_raw, permitted and effective. */
  private static final byte[] CAPABILITY = {
    1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** Times that ext4 can hold: 1901 to 2446. */
  private static final long EARLIEST = -(1L << 31);

  private static final long LATEST = 15_000_000_000L;

  private static final Trees TREES = Trees.create();

  @AfterContainer
  static void close() {
    TREES.close();
  }

  /**
   * One member to be.
   *
   * @param place chooses the directory it is in, and what a hard link links to
   */
  record Member(
      int place, String name, char type, Header attributes, ByteString content, String target) {}

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void seesWhatTarUnpacks(@ForAll("members") List<Member> members) throws IOException {
    TREES.assertSame(archive(members));
  }

  private static byte[] archive(List<Member> members) {
    var tar = new Tar().directory("./", 0755);
    var directories = new ArrayList<String>(List.of("./"));
    var files = new ArrayList<String>();
    var names = new HashSet<String>();
    for (var member : members) {
      String path = directories.get(member.place() % directories.size()) + member.name();
      boolean directory = member.type() == '5';
      // Of two members of one name the later one stays; not here where one is a directory.
      if (path.length() > 4000 || (!names.add(path) && (directory || !files.contains(path)))) {
        continue;
      }
      if (member.type() == '1' && files.isEmpty()) {
        continue;
      }
      String target =
          member.type() == '1' ? files.get(member.place() % files.size()) : member.target();
      tar.member(
          header(member, directory ? path + "/" : path, target), member.content().toByteArray());
      (directory ? directories : files).add(directory ? path + "/" : path);
    }
    return tar.end();
  }

  private static Header header(Member member, String path, String target) {
    var given = member.attributes();
    boolean link = member.type() == '1' || member.type() == '2';
    return new Header(
        path,
        member.type(),
        given.mode(),
        given.uid(),
        given.gid(),
        given.mtime(),
        0,
        link ? target : "",
        given.major(),
        given.minor(),
        xattrsFit(member) ? given.pax() : Map.of());
  }

  /** Linux has attributes of the kinds made here on files and directories. */
  private static boolean xattrsFit(Member member) {
    return member.type() == '0' || member.type() == '5';
  }

  @Provide
  Arbitrary<List<Member>> members() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1000),
            names(),
            Arbitraries.of('0', '0', '0', '5', '5', '2', '1', '3', '4', '6'),
            attributes(),
            contents(),
            names())
        .as((place, name, type, attributes, content, target) ->
            new Member(
                place, name, type, attributes, type == '0' ? content : ByteString.EMPTY, target))
        .list()
        .ofMaxSize(60);
  }

  private static Arbitrary<String> names() {
    var odd =
        Arbitraries.chars()
            .range('\1', '\u00ff')
            .filter(c -> c != '/')
            .list()
            .ofMinSize(1)
            .ofMaxSize(255)
            .map(GeneratedTreesTest::text);
    var plain = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(12);
    var utf8 =
        Arbitraries.of("Grüße", "日本語", "\ud83d\ude80", "a b", "x'\"y", "new\nline", "back\\slash")
            .map(GeneratedTreesTest::utf8);
    return Arbitraries.frequencyOf(Tuple.of(4, plain), Tuple.of(2, odd), Tuple.of(1, utf8))
        .filter(name -> !name.equals(".") && !name.equals("..") && !name.startsWith(".wh."));
  }

  private static String text(List<Character> chars) {
    var text = new StringBuilder();
    chars.forEach(text::append);
    return text.toString();
  }

  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static Arbitrary<ByteString> contents() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(20_000).map(ByteString::copyOf);
  }

  private static Arbitrary<Header> attributes() {
    var ids = Arbitraries.longs().between(0, 0xffff_fffeL);
    return Combinators.combine(
            Arbitraries.integers().between(0, 07777),
            ids,
            ids,
            Arbitraries.longs().between(EARLIEST, LATEST),
            Arbitraries.integers().between(0, 4095),
            Arbitraries.integers().between(0, 0xf_ffff),
            fraction(),
            xattrs())
        .as((mode, uid, gid, mtime, major, minor, fraction, xattrs) -> {
          var header =
              Header.of("", '0')
                  .withMode(mode)
                  .withOwner(uid, gid)
                  .withModified(mtime)
                  .withDevice(major, minor);
          for (var xattr : xattrs.entrySet()) {
            header = header.withPax("SCHILY.xattr." + xattr.getKey(), xattr.getValue());
          }
          return fraction.isEmpty()
              ? header
              : header.withPax("mtime", mtime + "." + fraction.get());
        });
  }

  private static Arbitrary<Optional<String>> fraction() {
    return Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(12).optional(0.5);
  }

  private static Arbitrary<Map<String, byte[]>> xattrs() {
    var values = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    var names =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .ofMinLength(1)
            .ofMaxLength(30)
            .flatMap(
                name -> Arbitraries.of("user.", "trusted.", "security.x").map(kind -> kind + name));
    return Arbitraries.maps(names, values)
        .ofMaxSize(4)
        .map(map -> {
          if (map.size() == 1) {
            map.put("security.capability", CAPABILITY);
          }
          return map;
        });
  }
}
