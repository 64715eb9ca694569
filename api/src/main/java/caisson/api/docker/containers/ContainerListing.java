package caisson.api.docker.containers;

import caisson.api.docker.JsonAnswer;
import caisson.api.docker.mounts.MountView;
import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.api.wire.ContainerSummary;
import caisson.api.wire.CreateContainer;
import caisson.engine.Container;
import caisson.engine.Engine;
import caisson.images.Images;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** {@code GET /containers/json}. */
public final class ContainerListing {
  private static final Pattern PLAIN_WORD = Pattern.compile("[\\w@%+=:,./-]+");

  private final Engine engine;
  private final Images images;
  private final ContainerSizes sizes;
  private final MountView mounts;
  private final Clock clock;

  public ContainerListing(Engine engine, Images images, Clock clock) {
    this.engine = engine;
    this.images = images;
    this.sizes = new ContainerSizes(engine.containers(), images);
    this.mounts = new MountView(engine.volumes());
    this.clock = clock;
  }

  void handle(Exchange exchange) throws IOException {
    var query = exchange.query();
    int limit = query.number("limit").orElse(0);
    if (limit < -1) {
      throw BadRequest.of("invalid limit " + limit);
    }
    boolean all = query.flag("all") || limit > 0;
    var containers = engine.containers().list();
    var filter = ContainerFilter.parse(query.text("filters"), containers, images, all);
    var now = clock.instant();
    var summaries =
        containers.stream()
            .filter(filter::passes)
            .limit(limit > 0 ? limit : Long.MAX_VALUE)
            .map(container -> summary(container, sizes.of(container, query.flag("size")), now))
            .toList();
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, summaries);
  }

  /** All containers with their sizes. */
  public List<ContainerSummary> sized() {
    var now = clock.instant();
    return engine.containers().list().stream()
        .map(container -> summary(container, sizes.of(container, true), now))
        .toList();
  }

  private ContainerSummary summary(Container container, ContainerSizes.Sizes sizes, Instant now) {
    var document = ContainerDocument.read(container);
    var sandbox = container.request().sandbox();
    return new ContainerSummary(
        container.id().value(),
        List.of("/" + container.name()),
        sandbox.imageName(),
        sandbox.image().toString(),
        commandLine(container),
        container.created().getEpochSecond(),
        ContainerPorts.summary(container, document.config()),
        sizes.own(),
        sizes.withImage(),
        container.request().labels(),
        StateText.word(container.state()),
        StateText.sentence(container.state(), container.health(), now),
        host(document),
        ContainerNetworks.of(container, document, engine.network()),
        mounts.of(container, document.hostConfig()));
  }

  private static ContainerSummary.HostSummary host(CreateContainer document) {
    return new ContainerSummary.HostSummary(document.hostConfig().networkMode());
  }

  /** The command with its arguments, quoted where a shell would need it. */
  private static String commandLine(Container container) {
    return String.join(
        " ",
        container.request().spec().process().orElseThrow().args().stream()
            .map(ContainerListing::quoted)
            .toList());
  }

  private static String quoted(String word) {
    return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\"'\"'") + "'";
  }
}
