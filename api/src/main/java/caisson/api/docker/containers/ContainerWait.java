package caisson.api.docker.containers;

import caisson.api.docker.JsonLines;
import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.api.wire.WaitResult;
import caisson.engine.Containers;
import caisson.engine.ExitWatch;
import caisson.engine.WaitCondition;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** {@code POST /containers/ID/wait}. */
final class ContainerWait {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final Containers containers;

  ContainerWait(Containers containers) {
    this.containers = containers;
  }

  /**
   * The headers go out as soon as the wait is registered: {@code docker run} starts the container
   * only after them.
   */
  void handle(Exchange exchange) throws IOException, InterruptedException {
    var id = containers.resolve(exchange.path("id"));
    var condition = condition(exchange.query().text("condition").orElse(""));
    try (var watch = containers.watch(id, condition);
        var lines = new JsonLines(exchange)) {
      lines.begin();
      Optional<ExitWatch.Exit> exit;
      try (var _ = exchange.watchHangup()) {
        exit = watch.await(FOR_EVER);
      }
      if (exit.isPresent()) {
        lines.write(result(exit.get()));
      }
    }
  }

  private static WaitCondition condition(String text) {
    return switch (text) {
      case "", "not-running" -> WaitCondition.NOT_RUNNING;
      case "next-exit" -> WaitCondition.NEXT_EXIT;
      case "removed" -> WaitCondition.REMOVED;
      default -> throw BadRequest.of("invalid condition: \"" + text + "\"");
    };
  }

  private static WaitResult result(ExitWatch.Exit exit) {
    return new WaitResult(exit.error().map(WaitResult.WaitError::new), exit.code());
  }
}
