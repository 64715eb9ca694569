package caisson.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BackOffTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final BackOff backOff = new BackOff();

  @Test
  void doublesUpToAMinute() {
    assertThat(backOff.next(SHORT)).isEqualTo(Duration.ofMillis(100));
    assertThat(backOff.next(SHORT)).isEqualTo(Duration.ofMillis(200));
    for (int i = 0; i < 8; i++) {
      backOff.next(SHORT);
    }
    assertThat(backOff.next(SHORT)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void beginsAnewAfterARunOfTenSecondsAndAfterAReset() {
    backOff.next(SHORT);
    backOff.next(SHORT);
    assertThat(backOff.next(Duration.ofSeconds(10))).isEqualTo(Duration.ofMillis(100));
    assertThat(backOff.next(Duration.ofSeconds(9))).isEqualTo(Duration.ofMillis(200));
    backOff.reset();
    assertThat(backOff.next(SHORT)).isEqualTo(Duration.ofMillis(100));
  }
}
