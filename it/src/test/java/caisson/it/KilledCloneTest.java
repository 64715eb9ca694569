package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A machine that is killed while its container starts, whatever is being done with it: its state is
 * restored, its disks are plugged in, it gets its identity, the container is made, or runs.
 */
@Timeout(300)
class KilledCloneTest {
  private static final int MOMENTS = 10;
  private static final long STEP_MILLISECONDS = 20;
  private static final int NOT_STARTED = 125;
  private static final int KILLED = 137;

  private static List<Long> machines(Daemon daemon) {
    return daemon.machines().stream()
        .filter(each -> each.contains("qemu-system"))
        .map(each -> Long.parseLong(each.split(" ", 2)[0]))
        .toList();
  }

  private static CompletableFuture<Result> run(Daemon daemon) {
    return CompletableFuture.supplyAsync(
        () -> daemon.cli().run("run", "--rm", TestImage.NAME, "echo", "alive"));
  }

  private static void kill(long machine) {
    Command.of("kill", "-9", Long.toString(machine)).run();
  }

  private static long awaitMachine(Daemon daemon) {
    var all = machines(daemon);
    while (all.isEmpty()) {
      all = machines(daemon);
    }
    return all.getFirst();
  }

  /** It ran, in this machine or another, or its user is told why not; and nothing is left. */
  private static void assertSettled(Daemon daemon, Result result) {
    assertThat(result.code()).as(result.toString()).isIn(0, NOT_STARTED, KILLED);
    if (result.code() == 0) {
      assertThat(result.out()).isEqualTo("alive");
    }
    if (result.code() == NOT_STARTED) {
      assertThat(result.err()).contains("machine");
    }
    assertThat(daemon.cli().out("ps", "-aq")).isEmpty();
    assertThat(daemon.cli().out("system", "leaks")).isEmpty();
  }

  @Test
  void aClone() throws Exception {
    try (var daemon = Daemon.start()) {
      TestImage.load(daemon.cli());
      for (int moment = 0; moment < MOMENTS; moment++) {
        // A killed clone condemns its template: whoever asks for it has it made anew.
        daemon.cli().out("system", "templates", "make");
        daemon.awaitMachines(List.of());
        var running = run(daemon);
        long machine = awaitMachine(daemon);
        TimeUnit.MILLISECONDS.sleep(moment * STEP_MILLISECONDS);
        kill(machine);
        assertSettled(daemon, running.get());
      }
      assertThat(run(daemon).get().out()).isEqualTo("alive");
    }
  }

  @Test
  void aMachineThatWaited() throws Exception {
    try (var daemon = Daemon.startConfigured("pool = 1")) {
      TestImage.load(daemon.cli());
      daemon.awaitTemplate();
      for (int moment = 0; moment < MOMENTS; moment++) {
        long machine = awaitMachine(daemon);
        TimeUnit.SECONDS.sleep(1); // it rehearses, and then waits
        var running = run(daemon);
        TimeUnit.MILLISECONDS.sleep(moment * STEP_MILLISECONDS);
        kill(machine);
        assertSettled(daemon, running.get());
      }
      assertThat(run(daemon).get().out()).isEqualTo("alive");
    }
  }
}
