package caisson.api.docker.containers;

import caisson.api.docker.JsonAnswer;
import caisson.api.docker.PruneFilter;
import caisson.api.http.Exchange;
import caisson.api.wire.PrunedContainers;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Container;
import caisson.engine.Containers;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.Set;

/** {@code POST /containers/prune}: removes all containers that do not run. */
final class ContainerPruning {
  private final Containers containers;
  private final Clock clock;

  ContainerPruning(Containers containers, Clock clock) {
    this.containers = containers;
    this.clock = clock;
  }

  void handle(Exchange exchange) throws IOException {
    var filter = PruneFilter.parse(exchange.query().text("filters"), Set.of(), clock.instant());
    var removed = new ArrayList<String>();
    long bytes = 0;
    for (var container : containers.list()) {
      if (!StateText.runs(container.state())
          && filter.passes(container.created(), container.request().labels())) {
        var freed = remove(container);
        if (freed.isPresent()) {
          removed.add(container.id().value());
          bytes += freed.getAsLong();
        }
      }
    }
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, new PrunedContainers(removed, bytes));
  }

  /** What it took on disk; empty for one that somebody else has started or removed meanwhile. */
  private OptionalLong remove(Container container) {
    try {
      long bytes = containers.diskUsage(container.id()).bytes();
      containers.remove(container.id(), false, false);
      return OptionalLong.of(bytes);
    } catch (CaissonException e) {
      if (e.code() == ErrorCode.CONFLICT || e.code() == ErrorCode.NOT_FOUND) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }
}
