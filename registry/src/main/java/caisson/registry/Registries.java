package caisson.registry;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registries of the world, as this host reaches them. Holds nothing open. */
public final class Registries {
  private final RegistryConfig config;

  public Registries(RegistryConfig config) {
    this.config = config;
  }

  /**
   * Where a repository may be asked for, in the order in which to do so: mirrors come first.
   *
   * @throws CaissonException INVALID_ARGUMENT if a configured mirror is no URL of a registry
   */
  public List<RegistryHost> hosts(Repository name) {
    var hosts = new ArrayList<RegistryHost>();
    if (name.domain().equals(RegistryHost.HUB)) {
      config.mirrors().forEach(mirror -> hosts.add(RegistryHost.ofMirror(mirror)));
    }
    hosts.add(RegistryHost.of(name.domain(), config.certificates()));
    return hosts;
  }

  /**
   * Opens a repository for reading; nothing is sent yet.
   *
   * @param host one of {@link #hosts}; a mirror does not get the credentials
   */
  public RemoteRepository open(Repository name, RegistryHost host, Credentials credentials) {
    boolean own = host.equals(RegistryHost.of(name.domain(), config.certificates()));
    var transport = new Transport(config);
    var authorization =
        new Authorization(
            transport,
            host,
            own ? credentials : Credentials.NONE,
            Optional.of("repository:" + name.path() + ":pull"));
    return new RemoteRepository(transport, host, name, authorization, config.timeouts());
  }

  /**
   * Shows credentials to a registry.
   *
   * @param domain its host, with a port where it has one
   * @throws CaissonException UNAUTHORIZED if it does not accept them
   */
  public void login(String domain, Credentials credentials) {
    var host = RegistryHost.of(domain, config.certificates());
    var request = Request.get(host.api(""));
    try (var transport = new Transport(config)) {
      var authorization = new Authorization(transport, host, credentials, Optional.empty());
      RemoteRepository.ask(
          authorization,
          request,
          answer -> {
            if (answer.unauthorized()) {
              throw new CaissonException(
                  ErrorCode.UNAUTHORIZED,
                  "Get \"" + answer.uri() + "\": unauthorized: authentication required");
            }
            if (!answer.ok()) {
              throw RegistryRefusal.of(answer);
            }
            return answer;
          },
          config.timeouts());
    }
  }
}
