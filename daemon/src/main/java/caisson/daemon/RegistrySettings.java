package caisson.daemon;

import caisson.registry.Certificates;
import caisson.registry.ProxyRules;
import caisson.registry.RegistryConfig;
import caisson.registry.Timeouts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How registries are reached: by what the configuration says, and the environment of proxies. */
final class RegistrySettings {
  private static final Path DOCKERS = Path.of("/etc/docker/certs.d");

  private RegistrySettings() {}

  static RegistryConfig config(Places places, ConfigFile file, Map<String, String> environment) {
    var own = places.config().resolveSibling("certs.d");
    var directories = file.path(Setting.CERTIFICATES).map(List::of).orElse(List.of(own, DOCKERS));
    var mirrors = file.value(Setting.MIRRORS).map(text -> List.of(text.split("[,\\s]+")));
    return new RegistryConfig(
        new Certificates(directories),
        ProxyRules.of(environment),
        mirrors.orElse(List.of()),
        Timeouts.DEFAULT);
  }
}
