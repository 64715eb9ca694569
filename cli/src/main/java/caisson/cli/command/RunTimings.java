package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.cli.client.Target;
import caisson.cli.json.Json;
import caisson.cli.json.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long the steps of a {@code run} took as this client saw them, and the parts of the start as
 * the daemon did.
 */
final class RunTimings {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS = 1e3;

  private final Session session;
  private final Instant begin = Instant.now();
  private final List<String> lines = new ArrayList<>();
  private long last = System.nanoTime();

  RunTimings(Session session) {
    this.session = session;
  }

  /** The step {@code name} ends, and the next begins. */
  void ends(String name) {
    long now = System.nanoTime();
    lines.add(line(name, (now - last) / NANOS_PER_MILLI));
    last = now;
  }

  /** The start of the container {@code id} ends. */
  void started(String id) {
    ends("start");
    parts(id).forEach(part -> lines.add("  " + part));
    last = System.nanoTime();
  }

  /** Tells the user. */
  void report() {
    lines.forEach(session.console()::report);
  }

  private static String line(String name, double millis) {
    return String.format(Locale.ROOT, "%-12s %8.1f ms", name, millis);
  }

  /** What the event of the start says: names and milliseconds. */
  private List<String> parts(String id) {
    var filters = List.of("container=" + id, "event=start");
    var target =
        Target.of("events")
            .withText("since", seconds(begin))
            .withText("until", seconds(Instant.now()));
    try (var answer = session.api().open("GET", Filters.addTo(target, filters), Optional.empty())) {
      var events = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
      var first = events.readLine();
      return first == null
          ? List.of()
          : parts(JsonText.read(first.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException | CaissonException e) {
      return List.of("the daemon does not say more: " + e.getMessage());
    }
  }

  private static List<String> parts(Json event) {
    var all = new ArrayList<String>();
    for (var part : event.at("Actor").at("Attributes").at("timings").text().split(", ", -1)) {
      int blank = part.lastIndexOf(' ');
      if (blank > 0) {
        all.add("%-10s %8s ms".formatted(part.substring(0, blank), part.substring(blank + 1)));
      }
    }
    return all;
  }

  private static String seconds(Instant moment) {
    return String.format(Locale.ROOT, "%.3f", moment.toEpochMilli() / MILLIS);
  }
}
