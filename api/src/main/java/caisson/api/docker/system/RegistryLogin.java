package caisson.api.docker.system;

import caisson.registry.Credentials;

/** Shows credentials to registries. */
@FunctionalInterface
public interface RegistryLogin {
  /**
   * Shows them.
   *
   * @param domain the registry's host, with a port where it has one; {@code docker.io} is Docker
   *     Hub
   * @throws caisson.base.CaissonException UNAUTHORIZED if they are not accepted
   */
  void login(String domain, Credentials credentials);
}
