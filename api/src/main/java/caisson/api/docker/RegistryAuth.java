package caisson.api.docker;

import caisson.api.http.BadRequest;
import caisson.api.wire.AuthConfig;
import caisson.api.wire.WireJson;
import caisson.registry.Credentials;
import java.util.Base64;
import java.util.Optional;

/** Credentials for a registry as Docker's clients send them. */
public final class RegistryAuth {
  /** The header that has them, as JSON in base64 for URLs (RFC 4648, section 5). */
  public static final String HEADER = "X-Registry-Auth";

  private RegistryAuth() {}

  /** Reads the header's value. */
  public static Credentials of(Optional<String> header) {
    return header
        .filter(text -> !text.isBlank())
        .map(RegistryAuth::decode)
        .map(json -> credentials(WireJson.read(json, AuthConfig.class)))
        .orElse(Credentials.NONE);
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getUrlDecoder().decode(text.strip().replace('+', '-').replace('/', '_'));
    } catch (IllegalArgumentException e) {
      throw BadRequest.of("the header " + HEADER + " is not base64: " + e.getMessage());
    }
  }

  /** What a document says of who asks. */
  public static Credentials credentials(AuthConfig config) {
    if (!config.registryToken().isEmpty()) {
      return new Credentials.RegistryToken(config.registryToken());
    }
    if (!config.identityToken().isEmpty()) {
      return new Credentials.IdentityToken(config.identityToken());
    }
    return config.username().isEmpty()
        ? Credentials.NONE
        : new Credentials.Password(config.username(), config.password());
  }
}
