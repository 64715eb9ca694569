package caisson.api.docker.system;

import caisson.api.docker.Filters;
import caisson.api.docker.JsonLines;
import caisson.api.docker.Moments;
import caisson.api.http.Exchange;
import caisson.api.wire.EventMessage;
import caisson.engine.Event;
import caisson.engine.EventReader;
import caisson.engine.Events;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code GET /events}. */
final class EventStream {
  private static final Set<String> KNOWN =
      Set.of("container", "event", "image", "label", "scope", "type");
  private static final Duration FOR_EVER = Duration.ofDays(36_500);
  private static final long NANOS = 1_000_000_000;

  private final Events events;

  EventStream(Events events) {
    this.events = events;
  }

  void handle(Exchange exchange) throws IOException, InterruptedException {
    var query = exchange.query();
    var filters = Filters.parse(query.text("filters"), KNOWN);
    var since = query.text("since").map(text -> Moments.parse(text, "since"));
    var until = query.text("until").map(text -> Moments.parse(text, "until"));
    try (var reader = events.subscribe(since);
        var lines = new JsonLines(exchange)) {
      lines.begin();
      try (var _ = exchange.watchHangup()) {
        copy(reader, filters, until, lines);
      }
    }
  }

  /** Writes what passes, until {@code until} where there is one. */
  private static void copy(
      EventReader reader, Filters filters, Optional<Instant> until, JsonLines lines)
      throws IOException, InterruptedException {
    for (var next = next(reader, until); next.isPresent(); next = next(reader, until)) {
      var event = next.get();
      if (until.isPresent() && event.time().isAfter(until.get())) {
        return;
      }
      if (passes(event, filters)) {
        lines.write(message(event));
      }
    }
  }

  private static Optional<Event> next(EventReader reader, Optional<Instant> until)
      throws InterruptedException {
    var patience = until.map(end -> Duration.between(Instant.now(), end)).orElse(FOR_EVER);
    return reader.next(patience.isNegative() ? Duration.ZERO : patience);
  }

  private static boolean passes(Event event, Filters filters) {
    var attributes = event.attributes();
    return filters.any("type", "container"::equals)
        && filters.any("scope", "local"::equals)
        && filters.any("event", wanted -> isAction(wanted, event.action()))
        && filters.any("container", name -> isContainer(name, event))
        && filters.any("image", name -> name.equals(attributes.get("image")))
        && filters.labels(attributes);
  }

  /** Some actions carry what they did behind a colon. */
  private static boolean isAction(String wanted, String action) {
    return action.equals(wanted) || action.startsWith(wanted + ":");
  }

  private static boolean isContainer(String name, Event event) {
    return event.container().value().startsWith(name)
        || name.equals(event.attributes().get("name"));
  }

  private static EventMessage message(Event event) {
    var time = event.time();
    Map<String, String> attributes = event.attributes();
    return new EventMessage(
        event.action(),
        event.container().value(),
        attributes.getOrDefault("image", ""),
        "container",
        event.action(),
        new EventMessage.Actor(event.container().value(), attributes),
        "local",
        time.getEpochSecond(),
        time.getEpochSecond() * NANOS + time.getNano());
  }
}
