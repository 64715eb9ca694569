package caisson.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
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
    assertThat(JsonText.message("{\"message\":\"\\u" + text)).isNotNull();
  }

  @Property
  void timesAreThoseOfTheLibrary(@ForAll @LongRange(min = 0, max = 8_000_000_000L) long seconds) {
    assertThat(Time.rfc3339(seconds)).isEqualTo(Instant.ofEpochSecond(seconds).toString());
  }

  @Test
  void pathsAreEscaped() {
    assertThat(Escapes.of("/a b&\u00e4?")).isEqualTo("%2Fa%20b%26%C3%A4%3F");
  }

  @Test
  void fieldsAreReadInTheirOrder() {
    var fields = new Fields("7\0a\0002\0b\0\0".getBytes(StandardCharsets.UTF_8));
    assertThat(fields.number()).isEqualTo(7);
    assertThat(fields.text()).isEqualTo("a");
    assertThat(fields.texts()).containsExactly("b", "");
    assertThat(fields.isAtEnd()).isTrue();
    assertThatThrownBy(fields::text).hasMessageContaining("ends too early");
    var hooks = "1\0/bin/a\0005\0002\0a\0x\0001\0E=1\0";
    assertThat(Hook.parse(new Fields(hooks.getBytes(StandardCharsets.UTF_8))))
        .containsExactly(new Hook("/bin/a", List.of("a", "x"), List.of("E=1"), 5));
  }

  @Test
  void durationsAndBytesAreReadWithTheirUnits() {
    assertThat(Time.milliseconds("500ms")).isEqualTo(500);
    assertThat(Time.milliseconds("5s")).isEqualTo(5000);
    assertThat(Time.milliseconds("1m")).isEqualTo(60_000);
    for (var wrong : List.of("", "5", "s", "0s", "-1s", "9999999999h", "999999h")) {
      assertThatThrownBy(() -> Time.milliseconds(wrong)).hasMessageContaining("invalid duration");
    }
    assertThat(Resources.number("512m")).isEqualTo(512L << 20);
    assertThat(Resources.number("7")).isEqualTo(7);
    assertThat(Resources.number("-1")).isEqualTo(-1);
    for (var wrong : List.of("", "m", "1x", "99999999999999t")) {
      assertThatThrownBy(() -> Resources.number(wrong)).hasMessageContaining("invalid value");
    }
  }

  @Test
  void flagsBecomeTheResourcesThatTheyName() {
    var words = List.of("--memory", "64m", "--cpu-quota=5000", "--cpuset-cpus", "0-1", "id");
    var options = Command.UPDATE.parse(words);
    assertThat(options.id()).isEqualTo("id");
    assertThat(new String(Resources.of(options), StandardCharsets.UTF_8))
        .isEqualTo("{\"cpu\":{\"quota\":5000,\"cpus\":\"0-1\"},\"memory\":{\"limit\":67108864}}");
  }
}
