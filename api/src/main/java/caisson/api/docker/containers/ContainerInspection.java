package caisson.api.docker.containers;

import caisson.api.docker.JsonAnswer;
import caisson.api.docker.mounts.MountView;
import caisson.api.http.Exchange;
import caisson.api.wire.ContainerDetails;
import caisson.engine.Container;
import caisson.engine.Engine;
import caisson.engine.ExecId;
import caisson.images.Images;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** {@code GET /containers/ID/json}. */
final class ContainerInspection {
  private final Engine engine;
  private final ContainerSizes sizes;
  private final MountView mounts;

  ContainerInspection(Engine engine, Images images) {
    this.engine = engine;
    this.sizes = new ContainerSizes(engine.containers(), images);
    this.mounts = new MountView(engine.volumes());
  }

  void handle(Exchange exchange) throws IOException {
    var id = engine.containers().resolve(exchange.path("id"));
    var container = engine.containers().inspect(id);
    var size = sizes.of(container, exchange.query().flag("size"));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, details(container, size));
  }

  private ContainerDetails details(Container container, ContainerSizes.Sizes size) {
    var document = ContainerDocument.read(container);
    var command = container.request().spec().process().orElseThrow().args();
    var execs = engine.execs().of(container.id()).stream().map(ExecId::value).toList();
    return new ContainerDetails(
        container.id().value(),
        container.created(),
        command.isEmpty() ? "" : command.getFirst(),
        command.isEmpty() ? List.of() : command.subList(1, command.size()),
        StateText.details(container.state(), container.health()),
        container.request().sandbox().image().toString(),
        container.logPath().toString(),
        "/" + container.name(),
        container.restartCount(),
        "erofs",
        "linux",
        execs.isEmpty() ? Optional.empty() : Optional.of(execs),
        document.hostConfig(),
        size.own(),
        size.withImage(),
        mounts.of(container, document.hostConfig()),
        document.config(),
        ContainerNetworks.of(container, document, engine.network()));
  }
}
