package caisson.api.docker.containers;

import caisson.api.docker.Environment;
import caisson.api.http.BadRequest;
import caisson.api.wire.CommandConfig;
import caisson.api.wire.ContainerConfig;
import caisson.oci.image.ImageConfig;
import caisson.oci.image.ImageConfig.ContainerDefaults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request asks for, with the image's defaults where it leaves something open. */
final class MergedConfig {
  /** How a client says that the image's entrypoint does not count. */
  private static final Optional<List<String>> NO_ENTRYPOINT = Optional.of(List.of(""));

  private MergedConfig() {}

  static ContainerConfig of(ContainerConfig asked, ImageConfig imageConfig) {
    if (imageConfig.config().isEmpty()) {
      return checked(asked, command(asked.command(), Optional.empty()));
    }
    var image = imageConfig.config().get();
    var merged =
        new ContainerConfig(
            asked.image(),
            asked.hostname(),
            asked.domainname(),
            asked.command(),
            asked.streams(),
            union(image.exposedPorts(), asked.exposedPorts()),
            union(image.volumes(), asked.volumes()),
            union(image.labels(), asked.labels()),
            asked.stopSignal().filter(signal -> !signal.isEmpty()).or(image::stopSignal),
            asked.stopTimeout());
    return checked(merged, command(asked.command(), Optional.of(image)));
  }

  private static <V> Map<String, V> union(Map<String, V> image, Map<String, V> asked) {
    var all = new LinkedHashMap<>(image);
    all.putAll(asked);
    return all;
  }

  /** An entrypoint that the request names comes without the image's command. */
  private static CommandConfig command(CommandConfig asked, Optional<ContainerDefaults> image) {
    boolean own = asked.entrypoint().isPresent() && !asked.entrypoint().get().isEmpty();
    boolean args = asked.cmd().isPresent() && !asked.cmd().get().isEmpty();
    var entrypoint =
        own
            ? asked.entrypoint().filter(it -> !asked.entrypoint().equals(NO_ENTRYPOINT))
            : asked.entrypoint().isPresent()
                ? Optional.<List<String>>empty()
                : image.map(ContainerDefaults::entrypoint).filter(it -> !it.isEmpty());
    var cmd =
        own || args
            ? asked.cmd().filter(it -> !it.isEmpty())
            : image.map(ContainerDefaults::cmd).filter(it -> !it.isEmpty());
    return new CommandConfig(
        entrypoint,
        cmd,
        Environment.overlay(image.map(ContainerDefaults::env).orElse(List.of()), asked.env()),
        asked.user().isEmpty() ? image.flatMap(ContainerDefaults::user).orElse("") : asked.user(),
        asked.workingDir().isEmpty()
            ? image.flatMap(ContainerDefaults::workingDir).orElse("")
            : asked.workingDir());
  }

  private static ContainerConfig checked(ContainerConfig config, CommandConfig command) {
    if (command.entrypoint().isEmpty() && command.cmd().isEmpty()) {
      throw BadRequest.of("no command specified: the image has none and neither has the request");
    }
    if (!command.workingDir().isEmpty() && !command.workingDir().startsWith("/")) {
      throw BadRequest.of(
          "the working directory '%s' is invalid, it needs to be an absolute path"
              .formatted(command.workingDir()));
    }
    return with(config, command, config.hostname());
  }

  /** The same with a host name for a container that was not given one. */
  static ContainerConfig withHostname(ContainerConfig config, String hostname) {
    return config.hostname().isEmpty() ? with(config, config.command(), hostname) : config;
  }

  private static ContainerConfig with(
      ContainerConfig config, CommandConfig command, String hostname) {
    return new ContainerConfig(
        config.image(),
        hostname,
        config.domainname(),
        command,
        config.streams(),
        config.exposedPorts(),
        config.volumes(),
        config.labels(),
        config.stopSignal(),
        config.stopTimeout());
  }
}
