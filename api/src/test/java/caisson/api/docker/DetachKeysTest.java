package caisson.api.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DetachKeysTest {
  private static String type(DetachKeys keys, String... pieces) {
    var passed = new ByteArrayOutputStream();
    for (var piece : pieces) {
      byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
      passed.writeBytes(keys.filter(bytes, bytes.length));
    }
    return passed.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void findsTheDefaultSequenceInOnePieceAndInTwo() {
    var whole = DetachKeys.parse("");
    assertThat(type(whole, "ls\020\021more")).isEqualTo("ls");
    assertThat(whole.detached()).isTrue();
    var parts = DetachKeys.parse("");
    assertThat(type(parts, "\020", "\021")).isEmpty();
    assertThat(parts.detached()).isTrue();
  }

  @Test
  void passesOnWhatTurnsOutToBeSomethingElse() {
    var keys = DetachKeys.parse("ctrl-p,ctrl-q");
    assertThat(type(keys, "\020", "\020", "x")).isEqualTo("\020\020x");
    assertThat(keys.detached()).isFalse();
    var delete = DetachKeys.parse("DEL");
    assertThat(type(delete, "a\177b")).isEqualTo("a");
    var letters = DetachKeys.parse("a,a,b");
    assertThat(type(letters, "aaaxaab")).isEqualTo("aaax");
    assertThat(letters.detached()).isTrue();
  }

  /** What the text up to and without the sequence is, however it is cut into pieces. */
  @Property
  void passesExactlyWhatComesBeforeTheSequence(
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(min = 1, max = 4) String sequence,
      @ForAll @Size(max = 8)
          List<@CharRange(from = 'a', to = 'b') @StringLength(max = 4) String> pieces) {
    var keys = DetachKeys.parse(String.join(",", sequence.split("", -1)).replaceAll("^,|,$", ""));
    var text = String.join("", pieces);
    int found = text.indexOf(sequence);
    var passed = type(keys, pieces.toArray(String[]::new));
    if (found >= 0) {
      assertThat(passed).isEqualTo(text.substring(0, found));
    } else {
      assertThat(text).startsWith(passed);
      assertThat(sequence).startsWith(text.substring(passed.length()));
    }
    assertThat(keys.detached()).isEqualTo(found >= 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "ctrl-", "ctrl-1", "ctrl-ab", "ab", "ä", "ctrl-p,"})
  void refusesWhatIsNoKey(String text) {
    assertThatThrownBy(() -> DetachKeys.parse(text)).isInstanceOf(CaissonException.class);
  }
}
