package caisson.api.docker.system;

import caisson.api.docker.JsonAnswer;
import caisson.api.docker.RegistryAuth;
import caisson.api.http.Exchange;
import caisson.api.wire.AuthConfig;
import caisson.api.wire.LoginResult;
import caisson.api.wire.WireJson;
import java.io.IOException;
import java.net.HttpURLConnection;

/** {@code POST /auth}: whether a registry accepts credentials. */
public final class LoginEndpoint {
  private static final String HUB = "docker.io";
  private static final String OLD_HUB = "index.docker.io";

  private final RegistryLogin registries;

  public LoginEndpoint(RegistryLogin registries) {
    this.registries = registries;
  }

  /** Answers a request. */
  public void handle(Exchange exchange) throws IOException {
    var config = WireJson.read(exchange.bodyBytes(), AuthConfig.class);
    registries.login(domain(config.serverAddress()), RegistryAuth.credentials(config));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, new LoginResult("Login Succeeded", ""));
  }

  /** A registry's host, which clients may write as a URL. */
  static String domain(String address) {
    var host = address.replaceFirst("^https?://", "").replaceFirst("/.*", "");
    return host.isEmpty() || host.equals(OLD_HUB) ? HUB : host;
  }
}
