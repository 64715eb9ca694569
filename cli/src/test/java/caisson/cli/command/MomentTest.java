package caisson.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000, 500_000_000);

  @ParameterizedTest
  @CsvSource({
    "1136073600, 1136073600",
    "1136073600.000000001, 1136073600.000000001",
    "10s, 999990.500000000",
    "1h30m, 994600.500000000",
    "1.5s, 999999.000000000",
    "500ms, 1000000.000000000",
    "1970-01-02T00:00:00Z, 86400.000000000",
    "1970-01-01T01:00:00.25+01:00, 0.250000000"
  })
  void readsMomentsInEveryForm(String text, String seconds) {
    assertThat(Moment.parse("since", text, NOW)).isEqualTo(seconds);
  }

  @Test
  void takesATimeWithoutAZoneForThisMachines() {
    long midnight =
        LocalDateTime.of(2024, 2, 29, 0, 0).atZone(ZoneId.systemDefault()).toEpochSecond();
    assertThat(Moment.parse("since", "2024-02-29", NOW)).isEqualTo(midnight + ".000000000");
    assertThat(Moment.parse("since", "2024-02-29T00:00:01", NOW))
        .isEqualTo(midnight + 1 + ".000000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "1x", "2024-02-30", "9999999999h"})
  void refusesOtherMoments(String text) {
    assertThatThrownBy(() -> Moment.parse("since", text, NOW))
        .hasMessage(
            "invalid value for \"since\": failed to parse value as time or duration: \"%s\"", text);
  }
}
