package caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.console.Console;
import caisson.cli.console.Output;
import caisson.cli.fake.FakeDaemon;
import caisson.cli.fake.FakeScreen;
import caisson.cli.fake.FakeUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  private final FakeUser user = FakeUser.piping("");

  private int caisson(String... words) {
    return new CommandLine(
            user.console(),
            host -> {
              throw new CaissonException(ErrorCode.UNAVAILABLE, "no daemon at <" + host + ">");
            })
        .run(List.of(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nosuch | 1 | caisson: unknown command: caisson nosuch%n%nRun 'caisson --help' for more information%n",
        "image nosuch | 1 | caisson: unknown command: caisson image nosuch%n%nRun 'caisson image --help' for more information%n",
        "--nosuch | 125 | unknown flag: --nosuch%n%nUsage:  caisson [OPTIONS] COMMAND%n%nRun 'caisson --help' for more information%n",
        "run | 1 | caisson: 'caisson run' requires at least 1 argument%n%nUsage:  caisson run [OPTIONS] IMAGE [COMMAND] [ARG...]%n%nRun 'caisson run --help' for more information%n",
        "container ps x | 1 | caisson: 'caisson container ls' accepts no arguments%n%nUsage:  caisson container ls [OPTIONS]%n%nRun 'caisson container ls --help' for more information%n",
        "wait -x | 125 | unknown shorthand flag: 'x' in -x%n%nUsage:  caisson wait CONTAINER [CONTAINER...]%n%nRun 'caisson wait --help' for more information%n",
        "ps | 1 | no daemon at <>%n",
        "-H unix:///s ps | 1 | no daemon at <unix:///s>%n",
        "run x | 125 | caisson: no daemon at <>%n%nRun 'caisson run --help' for more information%n"
      })
  void saysWhatIsWrong(String words, int code, String message) {
    assertThat(caisson(words.split(" ", -1))).isEqualTo(code);
    assertThat(user.err()).isEqualTo(message.formatted());
    assertThat(user.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--help | Usage:  caisson [OPTIONS] COMMAND",
        "help | Usage:  caisson [OPTIONS] COMMAND",
        "image | Usage:  caisson image COMMAND",
        "image --help | Usage:  caisson image COMMAND",
        "help ps | Usage:  caisson ps [OPTIONS]",
        "ps --help | Usage:  caisson ps [OPTIONS]",
        "container list -h | Usage:  caisson container ls [OPTIONS]",
        "run --help | Usage:  caisson run [OPTIONS] IMAGE [COMMAND] [ARG...]"
      })
  void helps(String words, String firstLine) {
    assertThat(caisson(words.split(" ", -1))).isZero();
    assertThat(user.out().lines().findFirst()).contains(firstLine);
    assertThat(user.err()).isEmpty();
  }

  @Test
  void laysTheHelpOutAsDockerDoes() {
    assertThat(caisson("stop", "--help")).isZero();
    assertThat(user.out())
        .isEqualTo(
            """
            Usage:  caisson stop [OPTIONS] CONTAINER [CONTAINER...]

            Stop one or more running containers

            Aliases:
              caisson container stop, caisson stop

            Options:
              -s, --signal string   Signal to send to the container
              -t, --timeout int     Seconds to wait before killing the container
            """);
  }

  @Test
  void tellsItsVersion() {
    assertThat(caisson("--version")).isZero();
    assertThat(user.out()).matches("Caisson version \\d+\\.\\d+\\.\\d+\n");
  }

  @Test
  void everyCommandHelps() {
    for (var action : Action.values()) {
      var path = CommandTree.paths(action).getFirst();
      assertThat(caisson((path + " --help").substring("caisson ".length()).split(" ", -1)))
          .as(path)
          .isZero();
    }
  }

  @Test
  void endsQuietlyWhenNobodyReadsItsOutput() throws IOException {
    assertThat(runInto("Broken pipe")).isEqualTo(141);
    assertThat(user.err()).isEmpty();
  }

  @Test
  void tellsThatItsOutputCannotBeWritten() throws IOException {
    assertThat(runInto("No space left on device")).isEqualTo(1);
    assertThat(user.err())
        .isEqualTo("cannot write the output: java.io.IOException: No space left on device\n");
  }

  /** Lists containers to an output that fails. */
  private int runInto(String failure) {
    var full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException(failure);
          }
        };
    var console =
        new Console(
            InputStream.nullInputStream(),
            new Output(full),
            user.console().err(),
            FakeScreen.none());
    try (var daemon = new FakeDaemon()) {
      daemon.on("GET", "/containers/json", 200, "[]");
      var session = user.session(daemon.socket(), Map.of());
      return new CommandLine(
              console,
              _ ->
                  new caisson.cli.command.Session(
                      session.api(), console, session.signals(), Map.of()))
          .run(List.of("ps"));
    }
  }
}
