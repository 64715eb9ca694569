package caisson.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
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

  /** The virtual machine leaves a signal alone that was ignored before it began. */
  private static boolean ignoredFromTheStart(String name) throws Exception {
    var list = new ProcessBuilder("kill", "-l", name).start();
    int number = Integer.parseInt(list.inputReader().readLine());
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .anyMatch(ignored -> (ignored >>> (number - 1) & 1) != 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "INT", "TERM", "USR1", "ALRM", "CONT", "TSTP", "WINCH"})
  void handlesWhatIsPassedOn(String name) throws Exception {
    assumeFalse(
        ignoredFromTheStart(name), "whoever started these tests has SIG" + name + " ignored");
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
