package caisson.it.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.AttachOptions;
import caisson.engine.ContainerState;
import caisson.engine.Signal;
import caisson.it.engine.MachineEngine.Result;
import caisson.it.engine.MachineEngine.Wishes;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  void bothOutputsAndTheExitCodeArrive() throws Exception {
    assertThat(engine.run(Wishes.NONE, "", "sh", "-c", "echo out; echo err >&2; exit 3"))
        .isEqualTo(new Result(3, "out\n", "err\n"));
  }

  @Test
  void inputArrivesWithItsEnd() throws Exception {
    var lines = IntStream.range(0, 100_000).mapToObj(n -> n + "\n").collect(Collectors.joining());
    assertThat(engine.run(Wishes.STDIN, lines, "cat")).isEqualTo(new Result(0, lines, ""));
  }

  @Test
  void aTerminalIsOne() throws Exception {
    var result = engine.run(Wishes.TERMINAL, "", "sh", "-c", "tty; echo err >&2");
    assertThat(result).isEqualTo(new Result(0, "/dev/pts/0\r\nerr\r\n", ""));
  }

  @Test
  void theContainerIsWhoItShouldBe() throws Exception {
    var script = "hostname; cat /etc/hostname; head -1 /etc/hosts; id -u; pwd; echo $HOME; echo $$";
    assertThat(engine.run(Wishes.NONE, "", "sh", "-c", script).stdout())
        .isEqualTo("box\nbox\n127.0.0.1\tlocalhost\n0\n/\n/root\n1\n");
  }

  @Test
  void aMissingCommandAndOneThatCannotBeExecutedAreToldApart() {
    refused(ErrorCode.COMMAND_NOT_FOUND, "/no/such");
    refused(ErrorCode.COMMAND_NOT_FOUND, "nosuch");
    refused(ErrorCode.COMMAND_NOT_EXECUTABLE, "/etc/passwd");
  }

  private static void refused(ErrorCode code, String command) {
    assertThatThrownBy(() -> engine.run(Wishes.NONE, "", command))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.code()).as(e.text()).isEqualTo(code))
        .hasMessageContaining(command);
  }

  @Test
  void furtherProcessesRunBesideTheFirst() throws Exception {
    var id = engine.create(Wishes.NONE, "sleep", "1000");
    engine.engine().containers().start(id);
    assertThat(engine.exec(id, "sh", "-c", "echo $$; hostname; exit 5").stdout()).endsWith("box\n");
    assertThat(engine.exec(id, "sh", "-c", "kill -9 $$").code()).isEqualTo(137);
    assertThatThrownBy(() -> engine.exec(id, "nosuch"))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.COMMAND_NOT_FOUND));
    engine.engine().containers().stop(id, Optional.empty(), Optional.of(Duration.ofMillis(1)));
    assertThat(engine.awaitExit(id).code()).isEqualTo(137);
  }

  @Test
  void aSignalIsHandledByTheProcess() throws Exception {
    var id =
        engine.create(Wishes.NONE, "sh", "-c", "trap 'exit 7' TERM; echo up; sleep 1000 & wait");
    var all = new AttachOptions(true, true, true, false, Optional.empty());
    try (var attachment = engine.engine().containers().attach(id, all)) {
      engine.engine().containers().start(id);
      attachment.read();
      engine.engine().containers().kill(id, Signal.TERM);
      assertThat(engine.awaitExit(id).code()).isEqualTo(7);
    }
  }

  @Test
  void whatWasWrittenIsThereWhenTheContainerStartsAgain() throws Exception {
    var id = engine.create(Wishes.NONE, "sh", "-c", "echo x >> /count; wc -l < /count");
    for (int run = 1; run <= 3; run++) {
      engine.engine().containers().start(id);
      assertThat(engine.awaitExit(id).error()).isEmpty();
      assertThat(engine.log(id)).endsWith(run + "\n");
    }
  }

  @Test
  void aKilledMachineIsReportedAsSuch() throws Exception {
    var id = engine.create(Wishes.NONE, "sleep", "1000");
    engine.engine().containers().start(id);
    var running = (ContainerState.Running) engine.engine().containers().inspect(id).state();
    ProcessHandle.of(running.pid()).orElseThrow().destroyForcibly();
    var exit = engine.awaitExit(id);
    assertThat(exit.code()).isEqualTo(137);
    assertThat(exit.error().orElseThrow()).contains(running.vm()).contains("ended unexpectedly");
  }

  @Test
  void moreMemoryThanAllowedIsReportedAsSuch() throws Exception {
    var wishes = Wishes.memory(ByteSize.ofMib(32));
    var id = engine.create(wishes, "sh", "-c", "tail /dev/zero");
    engine.engine().containers().start(id);
    assertThat(engine.awaitExit(id).code()).isEqualTo(137);
    var exited = (ContainerState.Exited) engine.engine().containers().inspect(id).state();
    assertThat(exited.oomKilled()).isTrue();
  }

  @Test
  void aRestartInsideEndsOnlyTheContainer() throws Exception {
    var id = engine.create(Wishes.PRIVILEGED, "reboot", "-f");
    engine.engine().containers().start(id);
    assertThat(engine.awaitExit(id).code()).isEqualTo(129);
  }

  @Test
  void aKernelPanicIsReportedAsSuch() throws Exception {
    var id = engine.create(Wishes.PRIVILEGED, "sh", "-c", "echo c > /proc/sysrq-trigger");
    engine.engine().containers().start(id);
    var exit = engine.awaitExit(id);
    assertThat(exit.code()).isEqualTo(137);
    assertThat(exit.error().orElseThrow()).contains("kernel panicked");
  }

  /** Nothing but the machine's own user-mode network is asked here. */
  @Test
  void aContainerWithANetworkHasOne() throws Exception {
    var script = "ip -4 -o addr show eth0; cat /etc/resolv.conf; tail -1 /etc/hosts; ip route";
    assertThat(engine.run(Wishes.NETWORK, "", "sh", "-c", script).stdout())
        .contains("10.0.2.100/24")
        .contains("nameserver 10.0.2.3\n")
        .contains("10.0.2.100\tbox\n")
        .contains("default via 10.0.2.2");
    var alone = "ip -o link | wc -l; grep -c box /etc/hosts";
    assertThat(engine.run(Wishes.NONE, "", "sh", "-c", alone).stdout()).endsWith("\n0\n");
  }

  @Test
  void aNewDaemonGoesOnAndEveryLineIsThereOnce() throws Exception {
    var count = "i=0; while [ $i -lt 30000 ]; do i=$((i+1)); echo $i; done";
    var id = engine.create(Wishes.NONE, "sh", "-c", count);
    engine.engine().containers().start(id);
    for (int i = 0; i < 3; i++) {
      engine.reopen();
      engine.exec(id, "true");
    }
    assertThat(engine.awaitExit(id).code()).isZero();
    var lines = IntStream.rangeClosed(1, 30000).mapToObj(n -> n + "\n");
    assertThat(engine.log(id)).isEqualTo(lines.collect(Collectors.joining()));
  }
}
