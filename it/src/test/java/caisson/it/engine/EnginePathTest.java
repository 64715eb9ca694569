package caisson.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.it.engine.MachineEngine.Result;
import caisson.it.engine.MachineEngine.Wishes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From an engine's container to a process in a real machine, with nothing in front. */
@Timeout(600)
final class EnginePathTest {
  private static MachineEngine engine;

  @BeforeAll
  static void open() throws Exception {
    engine = MachineEngine.open();
  }

  @AfterAll
  static void close() throws Exception {
    engine.close();
  }

  @Test
  void echoes() throws Exception {
    assertThat(engine.run(Wishes.NONE, "", "echo", "hello"))
        .isEqualTo(new Result(0, "hello\n", ""));
  }
}
