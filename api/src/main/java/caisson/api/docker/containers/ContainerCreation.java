package caisson.api.docker.containers;

import caisson.api.docker.ImageClaims;
import caisson.api.docker.JsonAnswer;
import caisson.api.docker.mounts.MountPlan;
import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.api.wire.CreateContainer;
import caisson.api.wire.CreatedContainer;
import caisson.api.wire.WireJson;
import caisson.base.ByteSize;
import caisson.base.ContainerId;
import caisson.engine.ContainerRequest;
import caisson.engine.Containers;
import caisson.engine.Engine;
import caisson.engine.SandboxOptions;
import caisson.engine.Signal;
import caisson.engine.Volumes;
import caisson.images.Image;
import caisson.images.Images;
import caisson.images.PlatformChoice;
import caisson.oci.runtime.MountSpec;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code POST /containers/create}. */
final class ContainerCreation {
  private static final int DEFAULT_GRACE_SECONDS = 10;

  private final Containers containers;
  private final Volumes volumes;
  private final Images images;
  private final ImageClaims claims;
  private final int cpus;
  private final ByteSize disk;

  /**
   * @param cpus of the host
   * @param disk the size of a container's writable disk unless it asks for another
   */
  ContainerCreation(Engine engine, Images images, ImageClaims claims, int cpus, ByteSize disk) {
    this.containers = engine.containers();
    this.volumes = engine.volumes();
    this.images = images;
    this.claims = claims;
    this.cpus = cpus;
    this.disk = disk;
  }

  void handle(Exchange exchange) throws IOException {
    byte[] body = exchange.bodyBytes();
    UnsupportedFields.refuse(WireJson.tree(body));
    var asked = WireJson.read(body, CreateContainer.class);
    if (asked.config().image().isEmpty()) {
      throw BadRequest.of("no image specified");
    }
    var name = exchange.query().text("name").map(ContainerCreation::withoutSlash);
    var platform =
        PlatformChoice.parse(exchange.query().text("platform").filter(text -> !text.isEmpty()));
    var created = claims.holding(() -> create(asked, name, platform));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_CREATED, created);
  }

  private static String withoutSlash(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }

  private CreatedContainer create(
      CreateContainer asked, Optional<String> name, PlatformChoice platform) {
    var image = images.resolve(asked.config().image());
    platform.require(image.config(), asked.config().image());
    var id = ContainerId.random();
    var config =
        MergedConfig.withHostname(
            MergedConfig.of(asked.config(), image.config()), id.abbreviated());
    create(id, name, image, new CreateContainer(config, asked.hostConfig()));
    return new CreatedContainer(id.value(), warnings(platform, image));
  }

  private static List<String> warnings(PlatformChoice platform, Image image) {
    return platform.wanted().isPresent() || PlatformChoice.runs(image.config())
        ? List.of()
        : List.of(
            "The requested image's platform (%s/%s) does not match the detected host platform (linux/amd64) and no specific platform was requested"
                .formatted(image.config().os(), image.config().architecture()));
  }

  /** Volumes that are the container's own are there with it or not at all. */
  private void create(ContainerId id, Optional<String> name, Image image, CreateContainer full) {
    var own = new ArrayList<String>();
    try {
      var plan = MountPlan.of(full.config(), full.hostConfig());
      // What is wrong is said before anything is made.
      request(name, image, full, List.of());
      containers.create(id, request(name, image, full, plan.realize(volumes, own)));
    } catch (RuntimeException e) {
      own.forEach(volumes::remove);
      throw e;
    }
  }

  private ContainerRequest request(
      Optional<String> name, Image image, CreateContainer full, List<MountSpec> given) {
    var config = full.config();
    var host = full.hostConfig();
    return new ContainerRequest(
        name,
        new ContainerSpec(config, host, given, cpus).spec(),
        new SandboxOptions(
            image.id(),
            config.image(),
            SandboxChoice.disk(host.storageOpt(), disk),
            SandboxChoice.network(host.networkMode()),
            PortChoice.of(config, host),
            host.confinement().groupAdd(),
            host.init().orElse(false),
            NameChoice.of(host)),
        config.streams().openStdin(),
        config.streams().stdinOnce(),
        config.stopSignal().map(Signal::parse).orElse(Signal.TERM),
        Duration.ofSeconds(config.stopTimeout().orElse(DEFAULT_GRACE_SECONDS)),
        host.autoRemove(),
        RestartChoice.of(host.restartPolicy(), host.autoRemove()),
        HealthChoice.of(config.healthcheck()),
        SandboxChoice.log(host.logConfig()),
        config.labels(),
        ContainerDocument.write(full));
  }
}
