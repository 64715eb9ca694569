package caisson.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.it.engine.MachineEngine.Result;
import caisson.it.engine.MachineEngine.Wishes;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real agent whose channel is cut at random moments: every line arrives exactly once. */
@Timeout(600)
final class CutAgentTest {
  /** Counts in the shell's own arithmetic, then writes ten megabytes at once. */
  private static final String COUNTER =
      "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); echo line $i of a hundred thousand; done > /x;"
          + " cat /x /x /x; exit 9";

  @Test
  void tenMegabytesOfACounterArriveOnce() throws Exception {
    var lines =
        IntStream.rangeClosed(1, 100_000)
            .mapToObj(n -> "line " + n + " of a hundred thousand\n")
            .collect(Collectors.joining());
    int before = CutSocket.CUTS.get();
    try (var engine = MachineEngine.openCut(new Random().nextLong(), 700_000)) {
      var result = engine.run(Wishes.NONE, "", "sh", "-c", COUNTER);
      assertThat(result.code()).isEqualTo(9);
      assertThat(result.stdout().equals(lines.repeat(3))).as("every line once").isTrue();
    }
    assertThat(CutSocket.CUTS.get() - before).isGreaterThan(10);
  }

  private static String failure(long seed, Result result) {
    return "every line once, cut by seed %d: code %d, %d characters, %s"
        .formatted(seed, result.code(), result.stdout().length(), result.stderr());
  }

  @Test
  void whatGoesInComesOutOnce() throws Exception {
    var lines = IntStream.range(0, 300_000).mapToObj(n -> n + "\n").collect(Collectors.joining());
    int before = CutSocket.CUTS.get();
    long seed = new Random().nextLong();
    try (var engine = MachineEngine.openCut(seed, 300_000)) {
      var result = engine.run(Wishes.STDIN, lines, "cat");
      assertThat(result.equals(new Result(0, lines, ""))).as(failure(seed, result)).isTrue();
    }
    assertThat(CutSocket.CUTS.get() - before).isGreaterThan(5);
  }
}
