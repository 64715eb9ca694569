package caisson.cli.registry;

import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import caisson.cli.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A user of a registry.
 *
 * @param server the registry, under its name in docker's configuration
 * @param user the name, or empty where a token stands for user and password
 * @param secret the password or the identity token
 */
public record Account(RegistryServer server, String user, String secret) {
  /** What a daemon takes in {@code POST /auth} and in a header. */
  public Json document() {
    var document = new JsonObject();
    if (user.isEmpty()) {
      document.with("identitytoken", secret);
    } else {
      document.with("username", user).with("password", secret);
    }
    return document.with("serveraddress", server.key()).build();
  }

  /** The value of {@code X-Registry-Auth}. */
  public String header() {
    var json = JsonText.write(document()).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().encodeToString(json);
  }

  /** Without the secret, which must not get into a message. */
  @Override
  public String toString() {
    return "Account[" + user + " at " + server.key() + "]";
  }
}
