package caisson.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ProcessesTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static Process sleeper() throws IOException {
    return new ProcessBuilder("sleep", "1000").start();
  }

  private static PidFd hold(Process process) throws IOException {
    return PidFd.open(ProcessIdentity.of(process.pid()).orElseThrow()).orElseThrow();
  }

  @Test
  void knowsAProcessUntilItEnds() throws Exception {
    var process = sleeper();
    var identity = ProcessIdentity.of(process.pid()).orElseThrow();
    assertThat(identity.isAlive()).isTrue();
    process.destroyForcibly().waitFor();
    assertThat(identity.isAlive()).isFalse();
    assertThat(PidFd.open(identity)).isEmpty();
  }

  @Test
  void takesNoOtherProcessOfTheSameNumber() throws Exception {
    var process = sleeper();
    var identity = ProcessIdentity.of(process.pid()).orElseThrow();
    var earlier = new ProcessIdentity(identity.pid(), identity.startTicks() - 1);
    assertThat(earlier.isAlive()).isFalse();
    assertThat(PidFd.open(earlier)).isEmpty();
    process.destroyForcibly().waitFor();
  }

  @Test
  void killsAndWaits() throws Exception {
    var process = sleeper();
    try (var held = hold(process)) {
      assertThat(held.awaitEnd(Duration.ofMillis(1))).isFalse();
      held.send(PidFd.SIGKILL);
      assertThat(held.awaitEnd(LONG)).isTrue();
      process.waitFor();
      held.send(PidFd.SIGKILL);
    }
  }

  @Test
  void tellsOfTheEndOfEveryProcess() throws Exception {
    var exits = ProcessExits.start();
    var ended = new CountDownLatch(8);
    var processes = new ArrayList<Process>();
    for (int i = 0; i < 8; i++) {
      var process = sleeper();
      processes.add(process);
      exits.watch(hold(process), ended::countDown);
    }
    processes.forEach(Process::destroyForcibly);
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void tellsAtOnceOfAnEndThatWasBefore() throws Exception {
    var process = sleeper();
    var held = hold(process);
    process.destroyForcibly().waitFor();
    var ended = new CountDownLatch(1);
    ProcessExits.start().watch(held, ended::countDown);
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void tellsNothingOfWhatItHasLetGo() throws Exception {
    var exits = ProcessExits.start();
    var told = new AtomicBoolean();
    var dropped = sleeper();
    exits.watch(hold(dropped), () -> told.set(true)).close();
    dropped.destroyForcibly().waitFor();
    var other = sleeper();
    var otherEnded = new CountDownLatch(1);
    exits.watch(hold(other), otherEnded::countDown);
    other.destroyForcibly();
    assertThat(otherEnded.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(told).isFalse();
  }
}
