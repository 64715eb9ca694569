package caisson.cli;

import static caisson.cli.fake.FakeContainer.frame;
import static org.assertj.core.api.Assertions.assertThat;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.fake.FakeContainer;
import caisson.cli.fake.FakeDaemon;
import caisson.cli.fake.FakeUser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code caisson run} against a daemon that plays one container. */
@Timeout(60)
class RunTest {
  private static final String CREATE = "POST /containers/create";
  private static final String ATTACH = "POST /containers/{id}/attach";
  private static final String WAIT = "POST /containers/{id}/wait";
  private static final String START = "POST /containers/{id}/start";
  private static final String REMOVE = "DELETE /containers/{id}";

  private final FakeDaemon daemon = new FakeDaemon();
  private FakeUser user = FakeUser.piping("");

  @AfterEach
  void stop() {
    daemon.close();
  }

  private int caisson(String... words) {
    return new CommandLine(user.console(), _ -> user.session(daemon.socket(), Map.of("HOME", "/h")))
        .run(List.of(words));
  }

  private CompletableFuture<Integer> caissonMeanwhile(String... words) {
    var code = new CompletableFuture<Integer>();
    Thread.ofVirtual().name("caisson").start(() -> code.complete(caisson(words)));
    return code;
  }

  private static FakeContainer container(FakeContainer.Program program) {
    return new FakeContainer(program);
  }

  @Test
  void joinsStreamsAndWaitsBeforeItStarts() {
    container(
            streams -> {
              frame(streams.output(), 1, "out\n");
              frame(streams.output(), 2, "err\n");
              return 7;
            })
        .in(daemon);
    assertThat(caisson("run", "busybox", "sh", "-c", "exit 7")).isEqualTo(7);
    assertThat(user.out()).isEqualTo("out\n");
    assertThat(user.err()).isEqualTo("WARNING: slow\nerr\n");
    assertThat(daemon.requests()).containsExactly(CREATE, ATTACH, WAIT, START);
  }

  @Test
  void tellsHowLongEachStepTook() {
    container(streams -> 0).in(daemon);
    var event = "{\"Actor\":{\"Attributes\":{\"timings\":\"image 0.3, process 80.1\"}}}\n";
    daemon.on("GET", "/events", exchange -> FakeDaemon.answer(exchange, 200, event));
    assertThat(caisson("run", "--timings", "busybox", "true")).isZero();
    assertThat(user.err().lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).matches("create +[0-9.]+ ms"),
            line -> assertThat(line).matches("start +[0-9.]+ ms"),
            line -> assertThat(line).matches("  image +0.3 ms"),
            line -> assertThat(line).matches("  process +80.1 ms"),
            line -> assertThat(line).matches("run +[0-9.]+ ms"));
  }

  @Test
  void passesInputOnAndEndsIt() {
    user = FakeUser.piping("hello\n");
    container(
            streams -> {
              byte[] input = streams.input().readAllBytes();
              frame(streams.output(), 1, new String(input, StandardCharsets.UTF_8));
              return 0;
            })
        .in(daemon);
    assertThat(caisson("run", "-i", "busybox", "cat")).isZero();
    assertThat(user.out()).isEqualTo("hello\n");
  }

  @Test
  void endsTheInputAtOnceWhereNoneWasAskedFor() {
    user = FakeUser.piping("not for the container");
    var container = container(streams -> streams.input().readAllBytes().length).in(daemon);
    assertThat(caisson("run", "busybox", "cat")).isZero();
    assertThat(container.requests()).hasSize(4);
  }

  @Test
  void keepsEveryByteOfAnOutput() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    var text = new String(all, StandardCharsets.ISO_8859_1).repeat(1000);
    container(
            streams -> {
              frame(streams.output(), 1, text);
              return 0;
            })
        .in(daemon);
    assertThat(caisson("run", "busybox", "cat", "/bytes")).isZero();
    assertThat(user.outBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void printsTheIdOfAContainerThatIsLeftAlone() {
    container(_ -> 0).in(daemon);
    assertThat(caisson("run", "-d", "busybox", "true")).isZero();
    assertThat(user.out()).isEqualTo(FakeContainer.ID + "\n");
    assertThat(daemon.requests()).containsExactly(CREATE, START);
  }

  @Test
  void tellsThatThereIsNoSuchImage() {
    daemon.on("POST", "/containers/create", 404, "{\"message\":\"No such image: nosuch:latest\"}");
    assertThat(caisson("run", "--pull", "never", "nosuch")).isEqualTo(125);
    assertThat(user.err())
        .isEqualTo(
            """
            caisson: Error response from daemon: No such image: nosuch:latest

            Run 'caisson run --help' for more information
            """);
  }

  @Test
  void endsWith127WhereTheCommandIsNotFoundAndWaitsForTheRemoval() {
    container(_ -> 0)
        .failingToStart(
            new CaissonException(
                ErrorCode.COMMAND_NOT_FOUND,
                "exec: \"nosuch\": executable file not found in $PATH"))
        .in(daemon);
    assertThat(caisson("run", "--rm", "busybox", "nosuch")).isEqualTo(127);
    assertThat(user.err()).contains("exec: \"nosuch\": executable file not found in $PATH");
  }

  @Test
  void endsWith126WhereTheCommandCannotBeExecuted() {
    container(_ -> 0)
        .failingToStart(
            new CaissonException(
                ErrorCode.COMMAND_NOT_EXECUTABLE, "exec: \"/etc\": is a directory"))
        .in(daemon);
    assertThat(caisson("run", "busybox", "/etc")).isEqualTo(126);
  }

  @Test
  void writesTheIdToAFileThatMustNotBeThere(@TempDir Path directory) throws IOException {
    container(_ -> 0).in(daemon);
    var file = directory.resolve("cid");
    assertThat(caisson("run", "--cidfile", file.toString(), "busybox", "true")).isZero();
    assertThat(file).hasContent(FakeContainer.ID);
    assertThat(caisson("run", "--cidfile", file.toString(), "busybox", "true")).isEqualTo(125);
    assertThat(user.err())
        .contains("container ID file found, make sure the other container isn't running or delete");
    assertThat(daemon.requests()).filteredOn(CREATE::equals).hasSize(1);
  }

  @Test
  void leavesNoIdFileWhereThereIsNoContainer(@TempDir Path directory) {
    daemon.on("POST", "/containers/create", 409, "{\"message\":\"name in use\"}");
    var file = directory.resolve("cid");
    assertThat(caisson("run", "--cidfile", file.toString(), "busybox")).isEqualTo(125);
    assertThat(file).doesNotExist();
  }

  @Test
  void passesSignalsOnToARunningContainer() throws Exception {
    var ended = new CompletableFuture<Void>();
    var container =
        container(streams -> {
          frame(streams.output(), 1, "ready\n");
          ended.join();
          return 143;
        });
    container.in(daemon);
    var code = caissonMeanwhile("run", "busybox", "sleep", "1000");
    user.awaitOut("ready\n");
    user.signals().send("TERM");
    assertThat(container.nextSignal()).isEqualTo("SIGTERM");
    user.signals().send("USR1");
    assertThat(container.nextSignal()).isEqualTo("SIGUSR1");
    ended.complete(null);
    assertThat(code.join()).isEqualTo(143);
    assertThat(user.signals().handled()).isFalse();
  }

  @Test
  void letsGoOfAContainerThatIgnoresSignalsWhenItIsAskedThreeTimes() throws Exception {
    var container =
        container(streams -> {
          frame(streams.output(), 1, "ready\n");
          new CountDownLatch(1).await();
          return 0;
        });
    container.in(daemon);
    var code = caissonMeanwhile("run", "--rm", "busybox", "sleep", "1000");
    user.awaitOut("ready\n");
    for (var name : List.of("HUP", "INT", "HUP", "INT", "HUP")) {
      user.signals().send(name);
    }
    assertThat(user.signals().exitCode()).isEmpty();
    user.signals().send("INT");
    assertThat(user.signals().exitCode()).hasValue(1);
    assertThat(code.join()).isEqualTo(1);
    assertThat(daemon.requests()).contains(REMOVE);
  }

  @Test
  void takesAContainerAwayThatWasStillBeingCreated(@TempDir Path directory) {
    var gate = new CompletableFuture<Void>();
    var container = container(_ -> 0).creatingAfter(gate);
    container.in(daemon);
    var file = directory.resolve("cid");
    var code = caissonMeanwhile("run", "--cidfile", file.toString(), "busybox");
    container.awaitCreating();
    user.signals().send("INT");
    gate.complete(null);
    assertThat(code.join()).isEqualTo(130);
    assertThat(daemon.requests()).containsExactly(CREATE, REMOVE);
    assertThat(file).doesNotExist();
    assertThat(user.err()).isEqualTo("WARNING: slow\n");
  }

  @Test
  void takesAContainerAwayThatWasStillStarting() {
    var gate = new CompletableFuture<Void>();
    var container =
        container(_ -> 0)
            .startingAfter(gate)
            .failingToStart(new CaissonException(ErrorCode.CONFLICT, "removal is in progress"));
    container.in(daemon);
    var code = caissonMeanwhile("run", "-d", "busybox");
    container.awaitStarting();
    user.signals().send("TERM");
    gate.complete(null);
    assertThat(code.join()).isEqualTo(143);
    assertThat(daemon.requests()).containsExactly(CREATE, START, REMOVE);
    assertThat(user.out()).isEmpty();
  }

  @Test
  void doesNotTellOfAContainerThatHasStartedAndIsTakenAway() {
    var gate = new CompletableFuture<Void>();
    var container = container(_ -> 0).startingAfter(gate);
    container.in(daemon);
    var code = caissonMeanwhile("run", "-d", "busybox");
    container.awaitStarting();
    user.signals().send("INT");
    gate.complete(null);
    assertThat(code.join()).isEqualTo(130);
    assertThat(user.out()).isEmpty();
    assertThat(user.err()).isEqualTo("WARNING: slow\n");
  }

  @Test
  void endsAtOnceForWhoeverInsists() {
    var gate = new CompletableFuture<Void>();
    var container = container(_ -> 0).creatingAfter(gate);
    container.in(daemon);
    var code = caissonMeanwhile("run", "busybox");
    container.awaitCreating();
    user.signals().send("INT");
    user.signals().send("TERM");
    assertThat(user.signals().exitCode()).isEmpty();
    user.signals().send("INT");
    assertThat(user.signals().exitCode()).hasValue(1);
    gate.complete(null);
    assertThat(code.join()).isEqualTo(143);
  }

  @Test
  void givesATerminalItsSizeAndLetsGoOfItByItsKeys() throws Exception {
    var keyboard = new PipedOutputStream();
    user = FakeUser.typing(new PipedInputStream(keyboard));
    var typed = new CompletableFuture<Integer>();
    var container =
        container(streams -> {
          streams.output().write("prompt".getBytes(StandardCharsets.UTF_8));
          typed.complete(streams.input().read());
          return streams.input().readAllBytes().length;
        });
    container.in(daemon);
    var code = caissonMeanwhile("run", "-it", "busybox", "sh");
    assertThat(container.nextSize()).isEqualTo("24x80");
    user.screen().resize(30, 100);
    user.signals().send("WINCH");
    assertThat(container.nextSize()).isEqualTo("30x100");
    keyboard.write('x');
    keyboard.flush();
    assertThat(typed.join()).isEqualTo('x');
    user.awaitOut("prompt");
    keyboard.write(new byte[] {16, 17});
    keyboard.flush();
    assertThat(code.join()).isZero();
    assertThat(user.screen().restored()).isTrue();
    assertThat(user.out()).isEqualTo("prompt");
    assertThat(container.request().hostConfig().consoleSize()).contains(List.of(24, 80));
  }

  @Test
  void hasTheDaemonLookForTheSameKeys() {
    user = FakeUser.typing(new ByteArrayInputStream(new byte[0]));
    var container = container(_ -> 0);
    container.in(daemon);
    assertThat(caisson("run", "-it", "--detach-keys", "ctrl-x,x", "busybox")).isZero();
    assertThat(container.detachKeys()).contains("ctrl-x,x");
  }

  @Test
  void refusesToTakeAPipeForAKeyboard() {
    assertThat(caisson("run", "-it", "busybox")).isEqualTo(125);
    assertThat(user.err())
        .startsWith(
            "caisson: cannot attach stdin to a TTY-enabled container because stdin is not a terminal");
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void tellsWhenTheDaemonGoesAwayInTheMiddle() {
    container(
            streams -> {
              frame(streams.output(), 1, "half");
              daemon.close();
              return 0;
            })
        .in(daemon);
    assertThat(caisson("run", "busybox")).isEqualTo(125);
    assertThat(user.err()).contains("the daemon");
  }

  @Test
  void readsVariablesFromFilesAndFromItsOwn(@TempDir Path directory) throws IOException {
    var container = container(_ -> 0);
    container.in(daemon);
    var file = Files.writeString(directory.resolve("env"), "# comment\n A=1\nHOME\nUNSET\n");
    assertThat(caisson("run", "--env-file", file.toString(), "-e", "B=2", "-e", "HOME", "busybox"))
        .isZero();
    assertThat(container.request().config().command().env())
        .containsExactly("A=1", "HOME=/h", "B=2", "HOME=/h");
  }
}
