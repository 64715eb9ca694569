package caisson.cli.registry;

import java.util.Locale;

/**
 * A registry.
 *
 * @param host with a port where it has one
 */
public record RegistryServer(String host) {
  private static final String HUB = "docker.io";
  private static final String OLD_HUB = "index.docker.io";
  private static final String HUB_KEY = "https://index.docker.io/v1/";

  /** The registry that somebody names, perhaps by a URL; Docker Hub without a name. */
  public static RegistryServer of(String address) {
    var host = address.replaceFirst("^https?://", "").replaceFirst("/.*", "");
    return new RegistryServer(host.isEmpty() || host.equals(OLD_HUB) ? HUB : host);
  }

  /** The registry of an image's name: its first part, if that is a host. */
  public static RegistryServer ofImage(String name) {
    int slash = name.indexOf('/');
    var first = slash < 0 ? "" : name.substring(0, slash);
    boolean host =
        first.contains(".")
            || first.contains(":")
            || first.equals("localhost")
            || !first.equals(first.toLowerCase(Locale.ROOT));
    return of(host ? first : "");
  }

  /** Its name in docker's configuration, which for Docker Hub is that of an older time. */
  public String key() {
    return host.equals(HUB) ? HUB_KEY : host;
  }
}
