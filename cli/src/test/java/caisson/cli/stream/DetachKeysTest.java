package caisson.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetachKeysTest {
  /** What a terminal passes on when {@code typed} comes in pieces of {@code size} bytes. */
  private static String passed(DetachFilter filter, String typed, int size) {
    var passed = new ByteArrayOutputStream();
    for (int i = 0; i < typed.length() && !filter.complete(); i += size) {
      byte[] piece =
          typed
              .substring(i, Math.min(i + size, typed.length()))
              .getBytes(StandardCharsets.ISO_8859_1);
      passed.writeBytes(filter.pass(piece, piece.length));
    }
    passed.writeBytes(filter.rest());
    return passed.toString(StandardCharsets.ISO_8859_1);
  }

  /** Two letters only, so that what is typed is full of almost-matches. */
  @Property
  void passesEverythingOnUpToTheKeys(
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 40) String typed,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(min = 1, max = 6) String keys,
      @ForAll @IntRange(min = 1, max = 7) int size) {
    var filter = DetachKeys.parse(keys.replaceAll("(?<=.)(?=.)", ",")).filter();
    int found = typed.indexOf(keys);
    assertThat(passed(filter, typed, size))
        .isEqualTo(found < 0 ? typed : typed.substring(0, found));
    assertThat(filter.complete()).isEqualTo(found >= 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 10 11",
        "ctrl-p,ctrl-q | 10 11",
        "ctrl-@,ctrl-[,ctrl-\\,ctrl-],ctrl-^,ctrl-_ | 0 1b 1c 1d 1e 1f",
        "a,DEL,ctrl-a | 61 7f 1"
      })
  void readsKeys(String text, String codes) {
    var filter = DetachKeys.parse(text).filter();
    List<Integer> bytes = new ArrayList<>();
    for (var code : codes.split(" ", -1)) {
      assertThat(filter.complete()).isFalse();
      bytes.add(Integer.parseInt(code, 16));
      filter.pass(new byte[] {bytes.getLast().byteValue()}, 1);
    }
    assertThat(filter.complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ctrl-", "ctrl-A", "ctrl-pp", "alt-x", "a,,b", "ä", "del"})
  void refusesOtherKeys(String text) {
    assertThatThrownBy(() -> DetachKeys.parse(text))
        .hasMessageStartingWith("invalid detach keys (" + text + "): Unknown character: '");
  }
}
