package caisson.api.docker.containers;

import caisson.api.docker.AttachedClient;
import caisson.api.docker.DetachKeys;
import caisson.api.docker.OutputFormat;
import caisson.api.http.Exchange;
import caisson.engine.AttachOptions;
import caisson.engine.Container;
import caisson.engine.Containers;
import java.io.IOException;
import java.util.Optional;

/** {@code POST /containers/ID/attach}. */
final class ContainerAttach {
  private final Containers containers;

  ContainerAttach(Containers containers) {
    this.containers = containers;
  }

  /**
   * The client is joined before it is told so: what it starts after that it sees from the start.
   */
  void handle(Exchange exchange) throws IOException, InterruptedException {
    var query = exchange.query();
    var container = containers.inspect(containers.resolve(exchange.path("id")));
    boolean stream = query.flag("stream");
    boolean stdin = stream && query.flag("stdin") && container.request().openStdin();
    var keys = DetachKeys.parse(query.text("detachKeys").orElse(""));
    var options =
        new AttachOptions(
            stdin,
            query.flag("stdout"),
            query.flag("stderr"),
            query.flag("logs"),
            Optional.empty());
    exchange.bodyBytes();
    var attachment = containers.attach(container.id(), options);
    try (attachment) {
      var format = OutputFormat.of(container.request().spec().hasTerminal());
      var connection = exchange.hijack(format.contentType(exchange.version()));
      new AttachedClient(connection, attachment, format)
          .serve(stdin ? Optional.of(input(container, keys)) : Optional.empty());
    }
  }

  private static AttachedClient.Input input(Container container, DetachKeys keys) {
    boolean terminal = container.request().spec().hasTerminal();
    return new AttachedClient.Input(
        container.request().stdinOnce() && !terminal,
        terminal ? Optional.of(keys) : Optional.empty());
  }
}
