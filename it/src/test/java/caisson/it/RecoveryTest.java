package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Containers do not notice that their daemon dies, and nobody loses what they say. */
class RecoveryTest {
  private static final int LINES = 10_000;
  private static final int CUTS = 5;

  /**
   * Ten megabytes in long lines: a log keeps thirty, and a short line's frame takes most of them.
   */
  private static final String COUNT =
      "awk 'BEGIN { for (i = 1; i <= "
          + LINES
          + "; i++) printf \"%-1000d|\\n\", i }'; echo end; sleep 600";

  @Test
  void everyLineOfALongCounterIsInTheLogOnceHoweverOftenTheDaemonIsKilled() throws Exception {
    try (var daemon = Daemon.start()) {
      TestImage.load(daemon.cli());
      var id = daemon.cli().out("run", "-d", TestImage.NAME, "sh", "-c", COUNT);
      var random = RandomGenerator.getDefault();
      for (int cut = 0; cut < CUTS; cut++) {
        Thread.sleep(random.nextInt(50, 800));
        daemon.kill();
        daemon.startAgain();
        assertThat(daemon.cli().out("ps", "-q", "--no-trunc")).isEqualTo(id);
      }
      var log = awaitEnd(daemon.cli(), id);
      var expected =
          IntStream.rangeClosed(1, LINES)
              .mapToObj("%-1000d|\n"::formatted)
              .collect(Collectors.joining("", "", "end"));
      assertThat(log.equals(expected)).as("every line exactly once").isTrue();
      daemon.cli().out("stop", "-t", "0", id);
    }
  }

  private static String awaitEnd(Cli caisson, String id) throws Exception {
    var follow = caisson.command("logs", "-f", id).start();
    try (var lines = follow.inputReader()) {
      var text = new StringBuilder();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        text.append(line);
        if (line.equals("end")) {
          return text.toString();
        }
        text.append('\n');
      }
      throw new AssertionError("the log ends after " + text.length() + " characters");
    } finally {
      follow.destroyForcibly().waitFor();
    }
  }

  @Test
  void anExitWithoutADaemonIsNotLost() throws Exception {
    try (var daemon = Daemon.start()) {
      TestImage.load(daemon.cli());
      var id =
          daemon.cli().out("run", "-d", TestImage.NAME, "sh", "-c", "sleep 3; echo bye; exit 5");
      daemon.kill();
      Thread.sleep(5_000);
      daemon.startAgain();
      assertThat(daemon.cli().out("wait", id)).isEqualTo("5");
      assertThat(daemon.cli().out("logs", id)).isEqualTo("bye");
    }
  }

  /** A container's end is told before its machine has written everything to the disk. */
  @Test
  void whatAContainerWroteBeforeItsEndIsThereUnderTheNextDaemon() {
    try (var daemon = Daemon.start()) {
      TestImage.load(daemon.cli());
      daemon.awaitTemplate();
      for (int i = 0; i < 3; i++) {
        var script = "dd if=/dev/zero of=/zeros bs=1M count=20 2>/dev/null; echo " + i + " >/file";
        var id = daemon.cli().out("run", "-d", TestImage.NAME, "sh", "-c", script);
        assertThat(daemon.cli().out("wait", id)).isEqualTo("0");
        daemon.kill();
        daemon.startAgain();
        assertThat(daemon.cli().out("cp", id + ":/file", "-")).contains(i + "\n");
      }
    }
  }

  @Test
  void aMachineThatDiesIsReported() {
    try (var daemon = Daemon.start()) {
      TestImage.load(daemon.cli());
      var id = daemon.cli().out("run", "-d", TestImage.NAME, "sleep", "600");
      var qemu =
          daemon.machines().stream().filter(each -> each.contains("qemu-system")).findFirst();
      Command.of("kill", "-9", qemu.orElseThrow().split(" ", 2)[0]).run().ok();
      assertThat(daemon.cli().run("wait", id).err()).contains("ended unexpectedly");
      assertThat(daemon.cli().out("inspect", id))
          .contains("\"Status\": \"exited\"")
          .contains("\"ExitCode\": 137");
    }
  }

  @Test
  void aDaemonThatIsAskedToEndLeavesItsMachinesRunning() {
    try (var daemon = Daemon.start()) {
      TestImage.load(daemon.cli());
      var id = daemon.cli().out("run", "-d", "-i", TestImage.NAME, "sleep", "600");
      daemon.stop();
      assertThat(daemon.machines()).isNotEmpty();
      daemon.startAgain();
      assertThat(daemon.cli().out("exec", id, "echo", "there")).isEqualTo("there");
    }
  }
}
