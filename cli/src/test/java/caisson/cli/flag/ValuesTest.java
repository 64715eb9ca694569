package caisson.cli.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({"512, 512", "512b, 512", "1K, 1024", "1kb, 1024", "1KiB, 1024", "1.5g, 1610612736"})
  void readsSizes(String text, long bytes) {
    assertThat(Values.size(text)).isEqualTo(bytes);
    assertThat(Values.sizeOrUnlimited(text)).isEqualTo(bytes);
  }

  @Test
  void knowsThatNoLimitIsOne() {
    assertThat(Values.sizeOrUnlimited("-1")).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"1, 1000000000", "1.5, 1500000000", ".25, 250000000", "0.000000001, 1"})
  void readsCpus(String text, long nanos) {
    assertThat(Values.cpus(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x | failed to parse x as a rational number",
        "0.0000000001 | value is too precise",
        "1e30 | value is too precise"
      })
  void refusesOtherCpus(String text, String message) {
    assertThatThrownBy(() -> Values.cpus(text)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=b", "a", "a=", "a=b c", "com.example.x=1=2"})
  void takesLabels(String text) {
    assertThat(Values.label(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"=x | invalid label '=x': empty name", "a b=c | label 'a b' contains whitespaces"})
  void refusesOtherLabels(String text, String message) {
    assertThatThrownBy(() -> Values.label(text)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "nofile=1024, 1024, 1024",
    "nofile=1024:2048, 1024, 2048",
    "core=-1, -1, -1",
    "core=0:-1, 0, -1"
  })
  void readsUlimits(String text, long soft, long hard) {
    var limit = Ulimit.parse(text);
    assertThat(limit.soft()).isEqualTo(soft);
    assertThat(limit.hard()).isEqualTo(hard);
    assertThat(Ulimit.parse(limit.written())).isEqualTo(limit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nofile | invalid ulimit argument: nofile",
        "nosuch=1 | invalid ulimit type: nosuch",
        "nofile=1:2:3 | too many limit value arguments - 1:2:3, can only have up to two, `soft[:hard]`",
        "nofile=x | strconv.ParseInt: parsing \"x\": invalid syntax",
        "nofile=2:1 | ulimit soft limit must be less than or equal to hard limit: 2 > 1",
        "nofile=-1:1 | ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: 1"
      })
  void refusesOtherUlimits(String text, String message) {
    assertThatThrownBy(() -> Ulimit.parse(text)).hasMessage(message);
  }
}
