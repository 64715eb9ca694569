package caisson.api.docker.containers;

import caisson.api.docker.TerminalSizes;
import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.Containers;
import caisson.engine.Signal;
import caisson.engine.WaitCondition;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;

/** What changes a container's state: start, stop, restart, kill, resize and remove. */
final class ContainerLife {
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

  private final Containers containers;

  ContainerLife(Containers containers) {
    this.containers = containers;
  }

  private ContainerId id(Exchange exchange) {
    return containers.resolve(exchange.path("id"));
  }

  void start(Exchange exchange) throws IOException {
    containers.start(id(exchange));
    exchange.answer(HttpURLConnection.HTTP_NO_CONTENT);
  }

  void stop(Exchange exchange) throws IOException {
    containers.stop(id(exchange), signal(exchange), grace(exchange));
    exchange.answer(HttpURLConnection.HTTP_NO_CONTENT);
  }

  void restart(Exchange exchange) throws IOException {
    containers.restart(id(exchange), signal(exchange), grace(exchange));
    exchange.answer(HttpURLConnection.HTTP_NO_CONTENT);
  }

  private static Optional<Signal> signal(Exchange exchange) {
    return exchange.query().text("signal").map(Signal::parse);
  }

  private static Optional<Duration> grace(Exchange exchange) {
    return exchange.query().number("t").map(Duration::ofSeconds);
  }

  /** A kill by KILL is over when the container is, because clients go on with what needs that. */
  void kill(Exchange exchange) throws IOException, InterruptedException {
    var id = id(exchange);
    var signal = signal(exchange).orElse(Signal.KILL);
    try (var watch = containers.watch(id, WaitCondition.NOT_RUNNING)) {
      containers.kill(id, signal);
      if (signal.equals(Signal.KILL)) {
        watch.await(KILL_PATIENCE);
      }
    }
    exchange.answer(HttpURLConnection.HTTP_NO_CONTENT);
  }

  void rename(Exchange exchange) throws IOException {
    var name = exchange.query().text("name");
    if (name.isEmpty()) {
      throw BadRequest.of("Neither old nor new names may be empty");
    }
    containers.rename(id(exchange), name.get());
    exchange.answer(HttpURLConnection.HTTP_NO_CONTENT);
  }

  void pause(Exchange exchange) throws IOException {
    containers.pause(id(exchange));
    exchange.answer(HttpURLConnection.HTTP_NO_CONTENT);
  }

  void unpause(Exchange exchange) throws IOException {
    containers.unpause(id(exchange));
    exchange.answer(HttpURLConnection.HTTP_NO_CONTENT);
  }

  void resize(Exchange exchange) throws IOException {
    containers.resize(id(exchange), TerminalSizes.of(exchange.query()));
    exchange.answer(HttpURLConnection.HTTP_OK);
  }

  void remove(Exchange exchange) throws IOException {
    if (exchange.query().flag("link")) {
      throw new CaissonException(ErrorCode.UNSUPPORTED, "links between containers do not exist");
    }
    containers.remove(id(exchange), exchange.query().flag("force"), exchange.query().flag("v"));
    exchange.answer(HttpURLConnection.HTTP_NO_CONTENT);
  }
}
