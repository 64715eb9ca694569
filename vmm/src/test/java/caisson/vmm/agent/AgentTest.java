package caisson.vmm.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.ProcessSetup;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.Stream;
import caisson.testkit.FakeAgent;
import caisson.testkit.FakeProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class AgentTest {
  @TempDir Path directory;
  private FakeVm vm;
  private FakeAgent fake;
  private Agent agent;
  private final CompletableFuture<CaissonException> failure = new CompletableFuture<>();

  @BeforeEach
  void connect() {
    vm = new FakeVm(directory);
    fake = new FakeAgent(vm.agentSocket(), AgentTest::program, () -> vm.end("shut down"));
    agent = Agent.of(vm, AgentTimeouts.DEFAULT, failure::complete);
  }

  @AfterEach
  void disconnect() {
    agent.close();
    fake.close();
  }

  /** Does what its first argument says. */
  private static void program(FakeProcess process, ProcessSetup setup) throws InterruptedException {
    var arguments = setup.arguments();
    switch (arguments.getFirst()) {
      case "echo" -> process.write(Stream.STDOUT, bytes(arguments.getLast()));
      case "cat" -> {
        for (byte[] read = process.read(); read.length > 0; read = process.read()) {
          process.write(Stream.STDOUT, read);
        }
      }
      case "yes" -> {
        while (true) {
          process.write(Stream.STDOUT, new byte[1000]);
        }
      }
      case "both" -> {
        process.write(Stream.STDOUT, bytes("out"));
        process.write(Stream.STDERR, bytes("err"));
        process.exit(3);
      }
      case "sleep" -> process.awaitEnd();
      default -> process.exit(2);
    }
  }

  @Test
  void aContainerRunsAndEnds() throws Exception {
    var recorder = new Recorder();
    var process = create(recorder, "both");
    assertThat(process.pid()).isEqualTo(1001);
    assertThat(recorder.awaitEnd()).isEqualTo(new ProcessEnd.Exited(3, 0, false));
    assertThat(recorder.bytes(Stream.STDOUT)).isEqualTo(bytes("out"));
    assertThat(recorder.bytes(Stream.STDERR)).isEqualTo(bytes("err"));
    assertThat(fake.commands())
        .hasExactlyElementsOfTypes(Command.Configure.class, Command.CreateContainer.class);
  }

  @Test
  void everyRequestIsAnswered() throws Exception {
    var process = create(new Recorder(), "sleep");
    agent.ping();
    agent.startContainer("c");
    agent.resize(process, 24, 80);
    agent.updateLimits("c", caisson.guest.protocol.LimitsSetup.NONE);
    assertThat(agent.usage("c")).isEqualTo(FakeAgent.USAGE);
    agent.deleteContainer("c");
    agent.signal(process, 15, false);
    agent.shutdown();
    assertThat(vm.awaitExit(Duration.ofSeconds(30))).isTrue();
    assertThat(fake.commands()).hasSize(10);
  }

  @Test
  void aRefusalIsPassedOnWithItsReason() {
    assertThatThrownBy(() -> create(new Recorder(), "missing"))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.COMMAND_NOT_FOUND))
        .hasMessage("there is no command \"missing\"");
    agent.ping();
  }

  @Test
  void aSignalEndsAProcess() throws Exception {
    var recorder = new Recorder();
    var process = create(recorder, "sleep");
    agent.signal(process, 9, false);
    assertThat(recorder.awaitEnd()).isEqualTo(new ProcessEnd.Exited(0, 9, false));
  }

  @Test
  void inputGoesThroughWithItsEndAndWaitsForTheProcess() throws Exception {
    var recorder = new Recorder();
    var process = create(recorder, "cat");
    byte[] much = new byte[5 * Protocol.WINDOW + 1];
    java.util.Arrays.fill(much, (byte) 'x');
    process.write(much, 0, much.length);
    process.closeStdin();
    recorder.awaitEnd();
    assertThat(recorder.bytes(Stream.STDOUT)).isEqualTo(much);
  }

  @Test
  void inputThatNobodyReadsIsLetGoWhenTheProcessEnds() throws Exception {
    var process = create(new Recorder(), "sleep");
    var writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                process.write(new byte[4 * Protocol.WINDOW], 0, 4 * Protocol.WINDOW);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            Thread::startVirtualThread);
    agent.signal(process, 9, false);
    writer.get(30, TimeUnit.SECONDS);
  }

  @Test
  void anOutputThatNobodyTakesHoldsUpNothingElse() throws Exception {
    var stuck = new CountDownLatch(1);
    var flood = new StuckListener(stuck);
    create(new Recorder(), "sleep");
    var yes = agent.exec("c", Setups.process(false, "yes"), flood);
    flood.awaitOutput();
    var recorder = new Recorder();
    agent.exec("c", Setups.process(true, "echo", "hello"), recorder);
    recorder.awaitEnd();
    assertThat(recorder.bytes(Stream.STDOUT)).isEqualTo(bytes("hello"));
    agent.signal(yes, 9, false);
    stuck.await();
  }

  @Test
  void aCutConnectionIsMadeAgainAndNothingIsNoticed() throws Exception {
    var recorder = new Recorder();
    var process = create(recorder, "cat");
    process.write(bytes("one"), 0, 3);
    recorder.awaitBytes(Stream.STDOUT, 3);
    fake.cut();
    process.write(bytes("two"), 0, 3);
    agent.ping();
    process.closeStdin();
    recorder.awaitEnd();
    assertThat(recorder.bytes(Stream.STDOUT)).isEqualTo(bytes("onetwo"));
  }

  @Test
  void theEndOfTheMachineEndsItsProcessesWithTheReason() throws Exception {
    var recorder = new Recorder();
    create(recorder, "sleep");
    vm.console = "[ 1.0] Kernel panic - not syncing: sysrq triggered crash\n";
    fake.close();
    vm.end("QEMU exited");
    var lost = (ProcessEnd.Lost) recorder.awaitEnd();
    assertThat(lost.reason())
        .contains(vm.id().value())
        .contains("kernel panicked (sysrq triggered crash)")
        .contains("QEMU exited");
    assertThat(recorder.ends()).isEqualTo(1);
    assertThat(failure.get(30, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.VM_FAILED);
    assertThatThrownBy(agent::ping).hasMessageContaining("panicked");
  }

  @Test
  void aMachineWhoseAgentIsAnotherOneHasFailed() throws Exception {
    var recorder = new Recorder();
    create(recorder, "sleep");
    fake.close();
    java.nio.file.Files.delete(vm.agentSocket());
    try (var _ = new FakeAgent(vm.agentSocket(), AgentTest::program, () -> {})) {
      assertThat(((ProcessEnd.Lost) recorder.awaitEnd()).reason()).contains("started anew");
    }
  }

  @Test
  void aLaterDaemonGoesOnWhereTheListenerStopped() throws Exception {
    var recorder = new Recorder();
    var process = create(recorder, "cat");
    process.write(bytes("one"), 0, 3);
    recorder.awaitBytes(Stream.STDOUT, 3);
    agent.close();
    var later = new Recorder();
    var kept = new KeptProcess(1, false, 3, 0, later);
    var adopted = Agent.adopt(vm, AgentTimeouts.DEFAULT, failure::complete, List.of(kept));
    try (var next = adopted.agent()) {
      assertThat(adopted.processes().getFirst().pid()).isEqualTo(1001);
      adopted.processes().getFirst().write(bytes("two"), 0, 3);
      next.ping();
      adopted.processes().getFirst().closeStdin();
      assertThat(later.awaitEnd()).isEqualTo(new ProcessEnd.Exited(0, 0, false));
    }
    assertThat(later.bytes(Stream.STDOUT)).isEqualTo(bytes("two"));
    assertThat(recorder.bytes(Stream.STDOUT)).isEqualTo(bytes("one"));
    assertThat(recorder.hasEnded()).isFalse();
  }

  @Test
  void aLaterDaemonGetsWhatWasNotKeptAndAnEndThatItMissed() throws Exception {
    var recorder = new Recorder();
    create(recorder, "sleep");
    agent.exec("c", Setups.process(false, "yes"), new Recorder());
    agent.close();
    var later = new Recorder();
    var kept = new KeptProcess(1, false, 0, 0, later);
    var adopted = Agent.adopt(vm, AgentTimeouts.DEFAULT, failure::complete, List.of(kept));
    try (var next = adopted.agent()) {
      // The flood of the exec that nobody knows any more is dropped, and its number is not reused.
      var echo = new Recorder();
      var process = next.exec("c", Setups.process(false, "echo", "x"), echo);
      assertThat(process.number()).isEqualTo(3);
      echo.awaitEnd();
      next.signal(adopted.processes().getFirst(), 9, false);
      assertThat(later.awaitEnd()).isEqualTo(new ProcessEnd.Exited(0, 9, false));
    }
  }

  @Test
  void aLaterDaemonWhoseLogWasLostGoesOnBehindWhatWasAcknowledged() throws Exception {
    var recorder = new Recorder();
    var process = create(recorder, "cat");
    byte[] much = new byte[2 * Protocol.WINDOW];
    process.write(much, 0, much.length);
    recorder.awaitBytes(Stream.STDOUT, much.length);
    agent.close();
    var later = new Recorder();
    var kept = new KeptProcess(1, false, 0, 0, later);
    var adopted = Agent.adopt(vm, AgentTimeouts.DEFAULT, failure::complete, List.of(kept));
    try (var _ = adopted.agent()) {
      adopted.processes().getFirst().write(bytes("more"), 0, 4);
      adopted.processes().getFirst().closeStdin();
      assertThat(later.awaitEnd()).isEqualTo(new ProcessEnd.Exited(0, 0, false));
      assertThat(later.bytes(Stream.STDOUT).length).isLessThan(much.length);
      assertThat(later.bytes(Stream.STDOUT)).endsWith(bytes("more"));
    }
  }

  @Test
  void aProcessThatTheAgentDoesNotKnowIsLost() throws Exception {
    var later = new Recorder();
    agent.close();
    var kept = new KeptProcess(1, false, 0, 0, later);
    try (var next =
        Agent.adopt(vm, AgentTimeouts.DEFAULT, failure::complete, List.of(kept)).agent()) {
      assertThat(((ProcessEnd.Lost) later.awaitEnd()).reason()).contains("does not know");
      next.ping();
    }
  }

  @Test
  void anAgentThatDoesNotComeUpIsReportedWithTheConsole() throws Exception {
    var dead = new FakeVm(java.nio.file.Files.createDirectory(directory.resolve("dead")));
    dead.console = "mount: no root\n";
    var timeouts =
        new AgentTimeouts(
            Duration.ofMillis(50),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9));
    try (var silent = Agent.of(dead, timeouts, e -> {})) {
      assertThatThrownBy(silent::ping)
          .isInstanceOf(CaissonException.class)
          .hasMessageContaining(dead.id().value())
          .hasMessageContaining("cannot connect to its agent's socket")
          .hasMessageContaining("mount: no root");
    }
  }

  @Test
  void aRequestThatIsNotAnsweredTimesOutByName() throws Exception {
    var process = create(new Recorder(), "sleep");
    var mute = new FakeVm(java.nio.file.Files.createDirectory(directory.resolve("mute")));
    var never = new CountDownLatch(1);
    Runnable hang =
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    var timeouts =
        new AgentTimeouts(
            Duration.ofSeconds(60),
            Duration.ofSeconds(9),
            Duration.ofMillis(50),
            Duration.ofMillis(50));
    try (var _ = new FakeAgent(mute.agentSocket(), AgentTest::program, hang);
        var client = Agent.of(mute, timeouts, e -> {})) {
      assertThatThrownBy(client::shutdown)
          .isInstanceOfSatisfying(
              CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT))
          .hasMessageContaining("did not answer Shutdown within");
      never.countDown();
    }
    agent.signal(process, 9, false);
  }

  @Test
  void moreRequestsThanAreAllowedWaitForTheirTurn() throws Exception {
    create(new Recorder(), "sleep");
    var calls =
        java.util.stream.IntStream.range(0, 10 * Protocol.MAX_REQUESTS)
            .mapToObj(i -> CompletableFuture.runAsync(agent::ping, Thread::startVirtualThread))
            .toList();
    for (var call : calls) {
      call.get(30, TimeUnit.SECONDS);
    }
    assertThat(fake.commands()).hasSize(2 + 10 * Protocol.MAX_REQUESTS);
  }

  @Test
  void aRequestThatDoesNotFitIsRefusedAndTheNextOneGoes() {
    var huge = Setups.process(false, "echo", "x".repeat(Protocol.MAX_FRAME));
    assertThatThrownBy(() -> agent.exec("c", huge, new Recorder()))
        .hasMessageContaining("Exec is too large");
    agent.ping();
  }

  private AgentProcess create(ProcessListener listener, String... arguments) {
    var setup = Setups.container(Setups.process(false, arguments));
    return agent.configureAndCreate(Setups.CONFIGURE, setup, listener);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
