package caisson.api.docker.images;

import caisson.api.wire.ContainerConfig;
import caisson.api.wire.HealthConfig;
import caisson.oci.image.Healthcheck;
import caisson.oci.image.ImageConfig.ContainerDefaults;
import java.util.List;
import java.util.Optional;

/** What a container was told, as what the containers of an image do. */
final class CommittedDefaults {
  private CommittedDefaults() {}

  static ContainerDefaults of(ContainerConfig container) {
    var command = container.command();
    return new ContainerDefaults(
        text(command.user()),
        container.exposedPorts(),
        command.env(),
        command.entrypoint().orElse(List.of()),
        command.cmd().orElse(List.of()),
        container.volumes(),
        text(command.workingDir()),
        container.labels(),
        container.stopSignal(),
        container.healthcheck().map(CommittedDefaults::health));
  }

  private static Optional<String> text(String text) {
    return Optional.of(text).filter(it -> !it.isEmpty());
  }

  private static Healthcheck health(HealthConfig config) {
    return new Healthcheck(
        config.test(),
        config.interval(),
        config.timeout(),
        config.startPeriod(),
        config.startInterval(),
        config.retries());
  }
}
