package caisson.registry;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a registry is.
 *
 * @param name the host with its port, as people and {@code certs.d} write it
 * @param secure whether it is spoken to over TLS
 */
public record RegistryHost(String name, boolean secure) {
  /** What the names of Docker Hub's images begin with, written or not. */
  public static final String HUB = "docker.io";

  private static final String HUB_HOST = "registry-1.docker.io";
  private static final int MAX_PORT = 65_535;
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]+)?");

  /**
   * The registry of an image's name. One on this host's loopback is spoken to in plain HTTP, as
   * Docker does, unless {@code certificates} has some for it.
   *
   * @param domain the name's first part
   */
  static RegistryHost of(String domain, Certificates certificates) {
    var name = domain.equals(HUB) ? HUB_HOST : domain;
    return new RegistryHost(name, !isLoopback(name) || certificates.has(name));
  }

  /**
   * A mirror's host.
   *
   * @throws CaissonException INVALID_ARGUMENT if {@code text} is not an http or https URL of a host
   */
  static RegistryHost ofMirror(String text) {
    var parts = text.replaceFirst("/$", "").split("://", 2);
    boolean url = parts.length == 2 && parts[0].matches("https?") && isAuthority(parts[1]);
    if (!url) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "a mirror is the URL of a registry without a path, such as https://mirror.example, not \""
              + text
              + "\"");
    }
    return new RegistryHost(parts[1], parts[0].equals("https"));
  }

  private static boolean isAuthority(String text) {
    return text.matches("[A-Za-z0-9.-]+(:[0-9]{1,5})?|\\[[0-9A-Fa-f:]+](:[0-9]{1,5})?");
  }

  static boolean isLoopback(String authority) {
    return LOOPBACK.matcher(authority.toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * The URI of {@code path} under the API's root.
   *
   * @throws CaissonException INVALID_ARGUMENT if the name is not that of a host
   */
  URI api(String path) {
    try {
      var uri = new URI((secure ? "https://" : "http://") + name + "/v2/" + path);
      if (uri.getHost() != null && uri.getPort() <= MAX_PORT) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // told below, like a name that has the form of a URI but not of a host
    }
    throw new CaissonException(
        ErrorCode.INVALID_ARGUMENT, "\"" + name + "\" is not the host of a registry");
  }
}
