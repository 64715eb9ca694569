package caisson.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class AccountFilesTest {
  /** What is read from {@code content} when it comes in pieces of {@code size} bytes. */
  private static List<String> lines(byte[] content, int size) {
    var lines = new ArrayList<String>();
    var reader = new AccountLines(lines::add);
    for (int start = 0; start < content.length; start += size) {
      byte[] piece = Arrays.copyOfRange(content, start, Math.min(start + size, content.length));
      reader.accept(piece, piece.length);
    }
    reader.finish();
    return lines;
  }

  private static List<String> lines(String content, int size) {
    return lines(content.getBytes(StandardCharsets.UTF_8), size);
  }

  @Property
  void readsTheSameLinesHoweverTheyCome(
      @ForAll List<String> texts, @ForAll @IntRange(min = 1, max = 9) int size) {
    byte[] content = String.join("\n", texts).getBytes(StandardCharsets.UTF_8);
    var expected =
        Arrays.stream(new String(content, StandardCharsets.UTF_8).split("\n", -1))
            .filter(line -> !line.isEmpty())
            .toList();
    assertThat(lines(content, size)).isEqualTo(expected);
  }

  @Test
  void passesOverALineThatIsTooLong() {
    String longest = "a".repeat(AccountLines.MAX_LENGTH);
    assertThat(lines("first\n" + longest + "\nlast", 1000))
        .containsExactly("first", longest, "last");
    assertThat(lines("first\n" + longest + "a\nlast", 1000)).containsExactly("first", "last");
    assertThat(lines(longest + "a", 8192)).isEmpty();
  }

  @Test
  void readsTheLastLineWithoutItsEnd() {
    assertThat(lines("a\n\nb", 2)).containsExactly("a", "b");
  }

  @Test
  void passesOverWhatIsNoEntry() {
    for (String line :
        List.of(
            "",
            ":x:0:0::/:",
            "#root:x:0:0::/:",
            "+::::::",
            "-ann",
            "a:x:one:1",
            "a:x:1",
            "a:x:-1:1",
            "a:x:2147483648:1",
            "a:x:1:",
            "a",
            "a:x: 1:1")) {
      assertThat(AccountEntry.User.parse(line)).as(line).isEmpty();
    }
    assertThat(AccountEntry.Group.parse("g:x:")).isEmpty();
    assertThat(AccountEntry.Group.parse("g:x:99999999999:")).isEmpty();
  }

  @Test
  void readsEntriesWithFieldsMissingAtTheEnd() {
    assertThat(AccountEntry.User.parse(" a:x:1:2 ")).contains(new AccountEntry.User("a", 1, 2, ""));
    assertThat(AccountEntry.Group.parse("g:x:3")).contains(new AccountEntry.Group("g", 3, ""));
  }

  @Test
  void findsMembersByTheirWholeNames() {
    var group = new AccountEntry.Group("g", 1, "ann,bob");
    assertThat(group.hasMember("ann")).isTrue();
    assertThat(group.hasMember("bob")).isTrue();
    assertThat(group.hasMember("an")).isFalse();
    assertThat(group.hasMember("ann,bob")).isFalse();
  }
}
