package caisson.cli.command;

import caisson.cli.client.ApiClient;
import caisson.cli.console.Console;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.stream.Demultiplexer;
import caisson.cli.stream.RawCopy;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;

/** {@code logs}: what a container has written, and with {@code -f} what it goes on to write. */
public final class Logs implements Command {
  private static final Flag<Boolean> DETAILS =
      Flag.toggle("", "details", "Show extra details provided to logs");
  private static final Flag<Boolean> FOLLOW = Flag.toggle("f", "follow", "Follow log output");
  private static final Flag<String> SINCE =
      Flag.text(
          "",
          "since",
          "Show logs since timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for"
              + " 42 minutes)");
  private static final Flag<String> TAIL =
      Flag.text("n", "tail", "Number of lines to show from the end of the logs", "all");
  private static final Flag<Boolean> TIMESTAMPS = Flag.toggle("t", "timestamps", "Show timestamps");
  private static final Flag<String> UNTIL =
      Flag.text(
          "",
          "until",
          "Show logs before a timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\""
              + " for 42 minutes)");

  private final Clock clock;

  public Logs() {
    this(Clock.systemUTC());
  }

  Logs(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] CONTAINER",
        "Fetch the logs of a container",
        Arity.exactly(1),
        DETAILS,
        FOLLOW,
        SINCE,
        TAIL,
        TIMESTAMPS,
        UNTIL);
  }

  @Override
  public int run(Session session, Invocation call) {
    var since = moment("since", call.get(SINCE));
    var until = moment("until", call.get(UNTIL));
    var details = ContainerDetails.of(session, call.first());
    var logs =
        ContainerTarget.of(details.id(), "logs")
            .with("stdout", true)
            .with("stderr", true)
            .with("tail", call.get(TAIL))
            .with("follow", call.get(FOLLOW))
            .with("timestamps", call.get(TIMESTAMPS))
            .with("details", call.get(DETAILS))
            .withText("since", since)
            .withText("until", until);
    try (var answer = session.api().open("GET", logs, Optional.empty())) {
      show(answer.body(), details.terminal(), session.console());
      return OK;
    } catch (IOException e) {
      throw ApiClient.lost(e);
    }
  }

  private String moment(String flag, String text) {
    return text.isEmpty() ? "" : Moment.parse(flag, text, clock.instant());
  }

  private static void show(InputStream log, boolean terminal, Console console) throws IOException {
    if (terminal) {
      new RawCopy(log, console.out()).copyAll();
    } else {
      new Demultiplexer(log, console.out(), console.err()).copyAll();
    }
  }
}
