package caisson.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1024,1024",
    "512m,536870912",
    "1.5GiB,1610612736",
    "4kb,4096",
    "1T,1099511627776"
  })
  void readsWhatDockersCommandLineWrites(String text, long bytes) {
    assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "-1", "1x", "1 2", "9999999999999999p", "1e9"})
  void refusesAnythingElseAndQuotesIt(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void roundsMebibytesUp() {
    assertThat(new ByteSize(1).mib()).isEqualTo(1);
    assertThat(ByteSize.ofMib(5).mib()).isEqualTo(5);
  }
}
