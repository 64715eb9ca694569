package caisson.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "999, 999B",
    "1000, 1kB",
    "4261550, 4.26MB",
    "999499, 999kB",
    "999500, 1MB",
    "1500000000, 1.5GB",
    "9223372036854775807, 9.22EB"
  })
  void tellsSizes(long bytes, String text) {
    assertThat(Human.size(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0B", "1023, 1023B", "1024, 1KiB", "16777216000, 15.62GiB"})
  void tellsBinarySizes(long bytes, String text) {
    assertThat(Human.binarySize(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "-5, Less than a second",
    "0, Less than a second",
    "1, 1 second",
    "59, 59 seconds",
    "60, About a minute",
    "119, About a minute",
    "120, 2 minutes",
    "3599, 59 minutes",
    "3600, About an hour",
    "5399, About an hour",
    "5400, 2 hours",
    "172799, 2 days",
    "1209600, 2 weeks",
    "5184000, 2 months",
    "63072000, 2 years"
  })
  void tellsDurations(long seconds, String text) {
    assertThat(Human.duration(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @Test
  void cutsTextsAndIds() {
    assertThat(Human.ellipsis("exactly twenty chars", 20)).isEqualTo("exactly twenty chars");
    assertThat(Human.ellipsis("one more than twenty!", 20)).isEqualTo("one more than twent…");
    assertThat(Human.ellipsis("😀😀😀", 2)).isEqualTo("😀…");
    assertThat(Human.shortId("sha256:0123456789abcdef")).isEqualTo("0123456789ab");
    assertThat(Human.shortId("0123")).isEqualTo("0123");
  }
}
