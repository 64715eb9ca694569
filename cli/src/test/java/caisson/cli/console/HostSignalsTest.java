package caisson.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostSignalsTest {
  private static void send(String name) throws Exception {
    var pid = Long.toString(ProcessHandle.current().pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "INT", "TERM", "USR1", "ALRM", "CONT", "TSTP", "WINCH"})
  void handlesWhatIsPassedOn(String name) throws Exception {
    var handled = new SynchronousQueue<String>();
    try (var _ = new HostSignals().handle(name, () -> put(handled, name))) {
      send(name);
      assertThat(handled.take()).isEqualTo(name);
      send(name);
      assertThat(handled.take()).isEqualTo(name);
    }
  }

  private static void put(SynchronousQueue<String> queue, String name) {
    try {
      queue.put(name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void givesASignalBack() throws Exception {
    var outer = new SynchronousQueue<String>();
    var signals = new HostSignals();
    try (var _ = signals.handle("USR1", () -> put(outer, "outer"))) {
      signals.handle("USR1", () -> put(outer, "inner")).close();
      send("USR1");
      assertThat(outer.take()).isEqualTo("outer");
    }
  }
}
