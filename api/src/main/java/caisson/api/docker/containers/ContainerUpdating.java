package caisson.api.docker.containers;

import caisson.api.docker.JsonAnswer;
import caisson.api.http.Exchange;
import caisson.api.wire.CreateContainer;
import caisson.api.wire.UpdateContainer;
import caisson.api.wire.Updated;
import caisson.api.wire.WireJson;
import caisson.engine.Container;
import caisson.engine.ContainerUpdate;
import caisson.engine.Containers;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** {@code POST /containers/ID/update}: what the request does not name stays as it is. */
final class ContainerUpdating {
  private final Containers containers;
  private final int cpus;

  /**
   * @param cpus of the host
   */
  ContainerUpdating(Containers containers, int cpus) {
    this.containers = containers;
    this.cpus = cpus;
  }

  void handle(Exchange exchange) throws IOException {
    var id = containers.resolve(exchange.path("id"));
    byte[] body = exchange.bodyBytes();
    UnsupportedFields.refuseUpdate(WireJson.tree(body));
    containers.update(
        id, update(containers.inspect(id), WireJson.read(body, UpdateContainer.class)));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, new Updated(List.of()));
  }

  private ContainerUpdate update(Container container, UpdateContainer asked) {
    var document = ContainerDocument.read(container);
    var host = document.hostConfig();
    var resources = asked.resources().over(host.resources());
    var restart = asked.restartPolicy().filter(policy -> !policy.name().isEmpty());
    var policy = restart.map(it -> RestartChoice.of(it, host.autoRemove()));
    boolean limitsStay = resources.equals(host.resources());
    var changed = host.updated(resources, restart.orElse(host.restartPolicy()));
    return new ContainerUpdate(
        limitsStay ? Optional.empty() : Optional.of(new ResourceLimits(resources).cgroup(cpus)),
        policy,
        ContainerDocument.write(new CreateContainer(document.config(), changed)));
  }
}
