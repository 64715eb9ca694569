package caisson.cli.command;

import caisson.cli.client.ApiClient;
import caisson.cli.client.Target;
import caisson.cli.console.Console;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.flag.Values;
import caisson.cli.json.Json;
import caisson.cli.json.JsonText;
import caisson.cli.output.Template;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code events}: a line for each thing that happens. */
public final class Events implements Command {
  private static final Flag<List<String>> FILTER =
      Flag.list(
          "f", "filter", "filter", "Filter output based on conditions provided", Values::filter);
  private static final Flag<String> FORMAT =
      Flag.text("", "format", "Format output using a template of {{.Field}}s");
  private static final Flag<String> SINCE =
      Flag.text("", "since", "Show all events created since timestamp");
  private static final Flag<String> UNTIL =
      Flag.text("", "until", "Stream events until this timestamp");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnnxxx", Locale.ROOT);
  private static final long NANOS = 1_000_000_000;

  private final Clock clock;

  public Events() {
    this(Clock.systemUTC());
  }

  Events(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS]",
        "Get real time events from the server",
        Arity.NONE,
        FILTER,
        FORMAT,
        SINCE,
        UNTIL);
  }

  @Override
  public int run(Session session, Invocation call) {
    var target =
        Target.of("events")
            .withText("since", moment("since", call.get(SINCE)))
            .withText("until", moment("until", call.get(UNTIL)));
    var format = call.get(FORMAT);
    Function<Json, String> line = format.isEmpty() ? Events::line : new Template(format)::fill;
    try (var answer =
        session.api().open("GET", Filters.addTo(target, call.get(FILTER)), Optional.empty())) {
      var events = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
      print(events, line, session.console());
      return OK;
    } catch (IOException e) {
      throw ApiClient.lost(e);
    }
  }

  private String moment(String flag, String text) {
    return text.isEmpty() ? "" : Moment.parse(flag, text, clock.instant());
  }

  private static void print(BufferedReader events, Function<Json, String> line, Console console)
      throws IOException {
    for (var next = events.readLine(); next != null; next = events.readLine()) {
      console.print(line.apply(JsonText.read(next.getBytes(StandardCharsets.UTF_8))));
    }
  }

  private static String line(Json event) {
    long time = event.at("timeNano").number();
    var moment = Instant.ofEpochSecond(time / NANOS, time % NANOS);
    var actor = event.at("Actor");
    var attributes =
        new TreeMap<>(actor.at("Attributes").members())
            .entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue().text())
                .collect(Collectors.joining(", "));
    return "%s %s %s %s%s"
        .formatted(
            TIME.format(moment.atZone(ZoneId.systemDefault())),
            event.at("Type").text(),
            event.at("Action").text(),
            actor.at("ID").text(),
            attributes.isEmpty() ? "" : " (" + attributes + ")");
  }
}
