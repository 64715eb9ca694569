package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.it.WatchedSocket.Moment;
import caisson.it.WatchedSocket.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals at every stage of {@code caisson run}: the right exit code, and nothing left behind. */
@ExtendWith(SharedDaemon.class)
class RunSignalsTest {
  private static final String NAME = "signalled";
  private static final String SLOW_END =
      "trap 'echo asked; sleep 1; exit 3' INT TERM; echo up; while :; do sleep 0.1; done";
  private static final String DEAF =
      "trap 'echo asked' INT TERM; echo up; while :; do sleep 0.1; done";

  private final Daemon daemon;
  private final Cli caisson;
  private List<String> machines = List.of();
  private String containers = "";

  @TempDir Path directory;

  RunSignalsTest(Daemon daemon) {
    this.daemon = daemon;
    this.caisson = daemon.cli();
  }

  /** Before the container's process is there. */
  enum Early {
    CREATING(Point.ASKED, "POST /containers/create"),
    CREATED(Point.ANSWERED, "POST /containers/create"),
    STARTING(Point.ASKED, "POST /containers/\\w+/start"),
    BOOTING(Point.ASKED, "POST /containers/\\w+/start");

    private final Point point;
    private final String request;

    Early(Point point, String request) {
      this.point = point;
      this.request = request;
    }

    private Moment moment() {
      return Moment.of(point, request);
    }
  }

  enum Mode {
    FOREGROUND("-d=false"),
    INTERACTIVE("-i"),
    REMOVED("--rm"),
    DETACHED("-d");

    private final String flag;

    Mode(String flag) {
      this.flag = flag;
    }
  }

  @BeforeEach
  void look() {
    removeContainer();
    machines = daemon.machines();
    containers = caisson.out("ps", "-aq");
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(caisson.out("ps", "-aq")).isEqualTo(containers);
    daemon.awaitMachines(machines);
    assertThat(caisson.out("system", "leaks")).isEmpty();
  }

  /** The command line with every signal doing what it does by default, whoever runs the tests. */
  private static RunningCommand begin(Path socket, Mode mode, String... rest) {
    var arguments = new ArrayList<>(List.of("run", "--name", NAME, mode.flag));
    arguments.addAll(List.of(rest));
    var usual = Cli.of(socket);
    var program = new ArrayList<>(List.of("env", "--default-signal"));
    program.addAll(usual.program());
    var caisson = new Cli(program, usual.environment());
    return caisson.command(arguments.toArray(String[]::new)).begin();
  }

  /** Runs it to its end, with {@code action} done to it at that moment. */
  private Result at(Moment moment, Consumer<RunningCommand> action, Mode mode, String... rest) {
    var running = new CompletableFuture<RunningCommand>();
    var socket = directory.resolve("s");
    try (var watched =
        new WatchedSocket(socket, daemon.socket(), moment, () -> action.accept(running.join()))) {
      running.complete(begin(socket, mode, rest));
      var result = running.join().result();
      assertThat(watched.reached()).as("the moment: " + result).isTrue();
      return result;
    }
  }

  /** Sends signals when the next machine is made, which boots for a second or more then. */
  private void signalWhenMachineIsMade(RunningCommand running, String... signals) {
    try {
      var machinesOfDaemon = daemon.run().resolve("vms");
      var watch = machinesOfDaemon.getFileSystem().newWatchService();
      machinesOfDaemon.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Thread.ofVirtual()
          .start(() -> {
            try (watch) {
              watch.take();
              running.signal(signals);
            } catch (InterruptedException | IOException e) {
              throw new AssertionError(e);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int codeOf(String signals) {
    return 128 + (signals.startsWith("INT") ? 2 : 15);
  }

  private static Stream<Arguments> earlySignals() {
    return Stream.of(Early.values())
        .flatMap(early ->
            Stream.of(Mode.values())
                .flatMap(mode -> signals(mode).map(signals -> Arguments.of(early, mode, signals))));
  }

  /** Each of them, and two in a row. */
  private static Stream<String> signals(Mode mode) {
    return switch (mode) {
      case FOREGROUND -> Stream.of("INT", "TERM", "INT INT");
      case DETACHED -> Stream.of("INT", "TERM", "TERM TERM");
      case INTERACTIVE, REMOVED -> Stream.of("INT", "TERM");
    };
  }

  @ParameterizedTest
  @MethodSource("earlySignals")
  void takeAwayWhatHasNotBegun(Early early, Mode mode, String signals) {
    var names = signals.split(" ");
    var result =
        at(
            early.moment(),
            running -> {
              if (early == Early.BOOTING) {
                signalWhenMachineIsMade(running, names);
              } else {
                running.signal(names);
              }
            },
            mode,
            TestImage.NAME,
            "sleep",
            "1000");
    assertThat(result.code()).as(result.toString()).isEqualTo(codeOf(signals));
    assertThat(result.out()).isEmpty();
    assertThat(caisson.run("inspect", NAME).code()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
  }

  private static Stream<Arguments> attachedSignals() {
    return Stream.of(Mode.FOREGROUND, Mode.INTERACTIVE, Mode.REMOVED)
        .flatMap(mode -> signals(mode).map(signals -> Arguments.of(mode, signals)));
  }

  /** The process runs already, and the command line does not know. */
  @ParameterizedTest
  @MethodSource("attachedSignals")
  void endWhatHasJustBegun(Mode mode, String signals) {
    var moment = Moment.of(Point.ANSWERED, "POST /containers/\\w+/start");
    var result =
        at(
            moment,
            running -> running.signal(signals.split(" ")),
            mode,
            "--init",
            TestImage.NAME,
            "sleep",
            "1000");
    assertThat(result.code()).as(result.toString()).isEqualTo(codeOf(signals));
    assertThat(isRunning()).isFalse();
    removeContainer();
  }

  /** It may be gone already. */
  private void removeContainer() {
    caisson.run("rm", "-f", NAME);
  }

  private boolean isRunning() {
    return !caisson.out("ps", "-q", "--filter", "name=" + NAME).isEmpty();
  }

  /** Whoever is told of a container has it. */
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void takeAwayADetachedContainerOrLeaveIt(String signal) {
    var moment = Moment.of(Point.ANSWERED, "POST /containers/\\w+/start");
    var result =
        at(
            moment,
            running -> running.signal(signal),
            Mode.DETACHED,
            TestImage.NAME,
            "sleep",
            "1000");
    assertThat(result.code()).isIn(0, codeOf(signal));
    assertThat(result.out().isEmpty() || isRunning()).as(result.toString()).isTrue();
    removeContainer();
  }

  @ParameterizedTest
  @MethodSource("attachedSignals")
  void areTheRunningProcesses(Mode mode, String signals) {
    var running = begin(daemon.socket(), mode, TestImage.NAME, "sh", "-c", SLOW_END);
    running.awaitOut("up\n");
    running.signal(signals.split(" "));
    var result = running.result();
    assertThat(result.code()).as(result.toString()).isEqualTo(3);
    assertThat(result.out()).startsWith("up\nasked");
    removeContainer();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"FOREGROUND", "INTERACTIVE", "REMOVED"})
  void doNotHurryAProcessThatEnds(Mode mode) {
    var running = begin(daemon.socket(), mode, TestImage.NAME, "sh", "-c", SLOW_END);
    running.awaitOut("up\n");
    running.signal("TERM");
    running.awaitOut("asked\n");
    running.signal("INT");
    assertThat(running.result().code()).isEqualTo(3);
    removeContainer();
  }

  @ParameterizedTest
  @MethodSource("attachedSignals")
  void changeNothingOnceTheProcessHasEnded(Mode mode, String signals) {
    var moment = Moment.of(Point.ENDED, "POST /containers/\\w+/attach");
    var result =
        at(
            moment,
            running -> running.signal(signals.split(" ")),
            mode,
            TestImage.NAME,
            "sh",
            "-c",
            "exit 5");
    assertThat(result.code()).as(result.toString()).isEqualTo(5);
    removeContainer();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"FOREGROUND", "REMOVED"})
  void letGoOfADeafProcessAtTheThird(Mode mode) {
    var running = begin(daemon.socket(), mode, TestImage.NAME, "sh", "-c", DEAF);
    running.awaitOut("up\n");
    running.signal("INT");
    running.awaitOut("asked\n");
    running.signal("TERM");
    running.awaitOut("asked\n");
    running.signal("INT");
    var result = running.result();
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("got 3 SIGTERM/SIGINTs, forcefully exiting");
    assertThat(isRunning()).isEqualTo(mode == Mode.FOREGROUND);
    removeContainer();
  }

  @Test
  void areNotPassedOnWithoutProxy() {
    var running =
        begin(
            daemon.socket(),
            Mode.FOREGROUND,
            "--sig-proxy=false",
            TestImage.NAME,
            "sh",
            "-c",
            DEAF);
    running.awaitOut("up\n");
    running.signal("INT");
    assertThat(running.result().code()).isEqualTo(130);
    assertThat(caisson.out("logs", NAME)).isEqualTo("up");
    caisson.out("rm", "-f", NAME);
  }
}
