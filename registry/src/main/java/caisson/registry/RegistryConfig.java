package caisson.registry;

import java.util.List;

/**
 * How registries are reached.
 *
 * @param mirrors URLs of registries that are asked before Docker Hub, and without credentials
 */
public record RegistryConfig(
    Certificates certificates, ProxyRules proxies, List<String> mirrors, Timeouts timeouts) {
  /** Nothing of one's own. */
  public static final RegistryConfig DEFAULT =
      new RegistryConfig(Certificates.NONE, ProxyRules.NONE, List.of(), Timeouts.DEFAULT);

  public RegistryConfig {
    mirrors = List.copyOf(mirrors);
  }
}
