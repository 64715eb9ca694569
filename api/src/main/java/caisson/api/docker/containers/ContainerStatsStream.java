package caisson.api.docker.containers;

import caisson.api.docker.JsonLines;
import caisson.api.http.Exchange;
import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.ContainerStats;
import caisson.engine.Containers;
import caisson.engine.ExitWatch;
import caisson.engine.WaitCondition;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** {@code GET /containers/ID/stats}: a document each second, or one alone. */
final class ContainerStatsStream {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Containers containers;

  ContainerStatsStream(Containers containers) {
    this.containers = containers;
  }

  /** One document alone waits for a second reading, so that percentages can be computed. */
  void handle(Exchange exchange) throws IOException, InterruptedException {
    var id = containers.resolve(exchange.path("id"));
    boolean stream = exchange.query().text("stream").isEmpty() || exchange.query().flag("stream");
    boolean oneReading = !stream && exchange.query().flag("one-shot");
    try (var removal = containers.watch(id, WaitCondition.REMOVED);
        var lines = new JsonLines(exchange)) {
      lines.begin();
      try (var _ = exchange.watchHangup()) {
        if (stream) {
          copy(id, removal, lines);
        } else {
          var before = oneReading ? Optional.<ContainerStats>empty() : first(id, removal);
          send(id, before, lines);
        }
      }
    }
  }

  private Optional<ContainerStats> first(ContainerId id, ExitWatch removal)
      throws InterruptedException {
    var first = read(id);
    if (first.isPresent()) {
      removal.await(PERIOD);
    }
    return first;
  }

  private void copy(ContainerId id, ExitWatch removal, JsonLines lines)
      throws IOException, InterruptedException {
    var last = send(id, Optional.empty(), lines);
    while (removal.await(PERIOD).isEmpty()) {
      last = send(id, last, lines);
    }
  }

  private Optional<ContainerStats> send(
      ContainerId id, Optional<ContainerStats> before, JsonLines lines) throws IOException {
    var now = read(id);
    lines.write(StatsText.of(containers.inspect(id), before, now));
    return now;
  }

  /** A machine that ends while it is asked has no numbers, like one that does not run. */
  private Optional<ContainerStats> read(ContainerId id) {
    try {
      return containers.stats(id);
    } catch (CaissonException e) {
      if (e.code() == ErrorCode.VM_FAILED || e.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
