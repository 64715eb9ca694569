package caisson.api.wire;

import caisson.base.Absent;

/**
 * Who asks a registry: a name and a password, or one of the tokens.
 *
 * @param serverAddress the registry, for a login
 */
public record AuthConfig(
    String username,
    String password,
    String serverAddress,
    String identityToken,
    String registryToken) {
  public AuthConfig {
    username = Absent.text(username);
    password = Absent.text(password);
    serverAddress = Absent.text(serverAddress);
    identityToken = Absent.text(identityToken);
    registryToken = Absent.text(registryToken);
  }

  /** Without secrets, which must not get into a log. */
  @Override
  public String toString() {
    return "AuthConfig[" + username + " at " + serverAddress + "]";
  }
}
