package caisson.api.docker.containers;

import caisson.api.docker.Environment;
import caisson.api.docker.ImageHealth;
import caisson.api.http.BadRequest;
import caisson.api.wire.CommandConfig;
import caisson.api.wire.ContainerConfig;
import caisson.api.wire.HealthConfig;
import caisson.oci.image.ImageConfig;
import caisson.oci.image.ImageConfig.ContainerDefaults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request asks for, with the image's defaults where it leaves something open. */
public final class MergedConfig {
  /** How a client says that the image's entrypoint does not count. */
  private static final List<String> NO_ENTRYPOINT = List.of("");

  private MergedConfig() {}

  static ContainerConfig of(ContainerConfig asked, ImageConfig imageConfig) {
    return of(asked, imageConfig.config().orElse(ContainerDefaults.NONE));
  }

  /** The same with defaults that need not be an image's. */
  public static ContainerConfig of(ContainerConfig asked, ContainerDefaults image) {
    return checked(
        new ContainerConfig(
            asked.image(),
            asked.hostname(),
            asked.domainname(),
            command(asked.command(), image),
            asked.streams(),
            union(image.exposedPorts(), asked.exposedPorts()),
            union(image.volumes(), asked.volumes()),
            union(image.labels(), asked.labels()),
            asked.stopSignal().filter(signal -> !signal.isEmpty()).or(image::stopSignal),
            asked.stopTimeout(),
            healthcheck(asked, image)));
  }

  private static Optional<HealthConfig> healthcheck(
      ContainerConfig asked, ContainerDefaults image) {
    var usual = image.healthcheck().map(ImageHealth::of);
    return asked.healthcheck().map(own -> usual.map(own::over).orElse(own)).or(() -> usual);
  }

  private static <V> Map<String, V> union(Map<String, V> image, Map<String, V> asked) {
    var all = new LinkedHashMap<>(image);
    all.putAll(asked);
    return all;
  }

  private static CommandConfig command(CommandConfig asked, ContainerDefaults image) {
    return new CommandConfig(
        entrypoint(asked, image),
        cmd(asked, image),
        Environment.overlay(image.env(), asked.env()),
        asked.user().isEmpty() ? image.user().orElse("") : asked.user(),
        asked.workingDir().isEmpty() ? image.workingDir().orElse("") : asked.workingDir());
  }

  private static Optional<List<String>> entrypoint(CommandConfig asked, ContainerDefaults image) {
    if (asked.entrypoint().isEmpty()) {
      return words(image.entrypoint());
    }
    return asked.entrypoint().filter(words -> !words.equals(NO_ENTRYPOINT) && !words.isEmpty());
  }

  /** An entrypoint that the request names comes without the image's command. */
  private static Optional<List<String>> cmd(CommandConfig asked, ContainerDefaults image) {
    boolean ownEntrypoint = asked.entrypoint().map(words -> !words.isEmpty()).orElse(false);
    return asked
        .cmd()
        .filter(words -> !words.isEmpty())
        .or(() -> ownEntrypoint ? Optional.empty() : words(image.cmd()));
  }

  private static Optional<List<String>> words(List<String> words) {
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  private static ContainerConfig checked(ContainerConfig config) {
    var command = config.command();
    if (command.entrypoint().isEmpty() && command.cmd().isEmpty()) {
      throw BadRequest.of("no command specified: the image has none and neither has the request");
    }
    if (!command.workingDir().isEmpty() && !command.workingDir().startsWith("/")) {
      throw BadRequest.of(
          "the working directory '%s' is invalid, it needs to be an absolute path"
              .formatted(command.workingDir()));
    }
    return config;
  }

  /** The same with a host name, unless it was given one. */
  static ContainerConfig withHostname(ContainerConfig config, String hostname) {
    return new ContainerConfig(
        config.image(),
        config.hostname().isEmpty() ? hostname : config.hostname(),
        config.domainname(),
        config.command(),
        config.streams(),
        config.exposedPorts(),
        config.volumes(),
        config.labels(),
        config.stopSignal(),
        config.stopTimeout(),
        config.healthcheck());
  }
}
