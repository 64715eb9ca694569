package caisson.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** What is read from command lines and errors, and written into requests and logs. */
final class WordsTest {
  private static final Set<String> FLAGS = Set.of("tty", "d");
  private static final Set<String> VALUED = Set.of("pid-file", "env");

  @Test
  void optionsAreReadAsRuncReadsThem() {
    var words = List.of("--pid-file", "/p", "-tty", "--env=A=1", "-env", "B=2", "id", "sh", "-d");
    var options = Options.parse(words, 0, FLAGS, VALUED, 1);
    assertThat(options.value("pid-file")).contains("/p");
    assertThat(options.flag("tty")).isTrue();
    assertThat(options.flag("d")).isFalse();
    assertThat(options.all("env")).containsExactly("A=1", "B=2");
    assertThat(options.id()).isEqualTo("id");
    assertThat(options.operands()).containsExactly("id", "sh", "-d");
  }

  @Test
  void optionsMayComeBehindOperandsWhereNothingIsPassedOn() {
    var options = Options.parse(List.of("id", "KILL", "-d"), 0, FLAGS, VALUED, 0);
    assertThat(options.operands()).containsExactly("id", "KILL");
    assertThat(options.flag("d")).isTrue();
  }

  @Test
  void whatIsNoOptionIsRefused() {
    assertThatThrownBy(() -> Options.parse(List.of("--nope"), 0, FLAGS, VALUED, 0))
        .hasMessage("flag provided but not defined: -nope");
    assertThatThrownBy(() -> Options.parse(List.of("--env"), 0, FLAGS, VALUED, 0))
        .hasMessage("flag needs an argument: -env");
    assertThatThrownBy(() -> Options.parse(List.of(), 0, FLAGS, VALUED, 0).id())
        .hasMessage("container id cannot be empty");
  }

  @Property
  void aMessageIsReadAsItWasWritten(@ForAll String text) {
    assertThat(JsonText.message("{\"message\":" + JsonText.quoted(text) + "}")).isEqualTo(text);
  }

  @Property
  void nothingThatIsCutOffConfusesTheReaderOfMessages(@ForAll String text) {
    assertThat(JsonText.message("{\"message\":\"" + text)).isNotNull();
  }

  @Property
  void timesAreThoseOfTheLibrary(@ForAll @LongRange(min = 0, max = 8_000_000_000L) long seconds) {
    assertThat(Time.rfc3339(seconds)).isEqualTo(Instant.ofEpochSecond(seconds).toString());
  }

  @Test
  void pathsAreEscaped() {
    assertThat(Escapes.of("/a b&\u00e4?")).isEqualTo("%2Fa%20b%26%C3%A4%3F");
  }
}
