package caisson.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
  private final List<String> lines = new ArrayList<>();
  private long now;
  private final Console console =
      new Console(() -> now, line -> lines.add(new String(line, StandardCharsets.UTF_8)));

  private void say(int times) {
    for (int i = 0; i < times; i++) {
      console.say("again");
    }
  }

  @Test
  void writesALineAProblem() {
    console.say("no disk");
    assertThat(lines).containsExactly("caisson-agent: no disk\n");
  }

  @Test
  void writesSoManyAtOnceAndThenOneASecond() {
    say(Console.BURST);
    assertThat(lines).hasSize(Console.BURST);
    say(1);
    assertThat(lines).hasSize(Console.BURST);
    now += Console.REFILL - 1;
    say(1);
    assertThat(lines).hasSize(Console.BURST);
    now += 1;
    say(2);
    assertThat(lines).hasSize(Console.BURST + 1);
  }

  @Test
  void savesUpNoMoreThanABurst() {
    now += 1000 * Console.REFILL;
    say(Console.BURST + 1);
    assertThat(lines).hasSize(Console.BURST);
  }

  @Test
  void cutsALongLine() {
    console.say("x".repeat(Console.MAX_LINE));
    console.say("x".repeat(Console.MAX_LINE + 1));
    assertThat(lines.get(0)).isEqualTo(lines.get(1));
  }
}
