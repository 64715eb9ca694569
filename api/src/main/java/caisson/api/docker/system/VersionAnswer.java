package caisson.api.docker.system;

import caisson.api.docker.Host;
import caisson.api.docker.JsonAnswer;
import caisson.api.http.ApiVersion;
import caisson.api.http.Exchange;
import caisson.api.wire.VersionDetails;
import caisson.api.wire.VersionDetails.Component;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /version}: at once, so nothing about machines, which may have to be found out by
 * booting one. Docker's client prints the fields that only Docker has as empty.
 */
final class VersionAnswer {
  private final Host host;

  VersionAnswer(Host host) {
    this.host = host;
  }

  void handle(Exchange exchange) throws IOException {
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, details());
  }

  private VersionDetails details() {
    return new VersionDetails(
        new VersionDetails.Platform("Caisson"),
        List.of(new Component("Engine", host.version(), engineDetails())),
        host.version(),
        ApiVersion.CURRENT.toString(),
        ApiVersion.MINIMUM.toString(),
        "",
        "",
        "linux",
        goArchitecture(host.architecture()),
        host.kernel(),
        "");
  }

  private Map<String, String> engineDetails() {
    return Map.of(
        "ApiVersion", ApiVersion.CURRENT.toString(),
        "MinAPIVersion", ApiVersion.MINIMUM.toString(),
        "Os", "linux",
        "Arch", goArchitecture(host.architecture()),
        "KernelVersion", host.kernel(),
        "Experimental", "false",
        "GitCommit", "",
        "GoVersion", "",
        "BuildTime", "");
  }

  /** Docker names architectures as Go does. */
  private static String goArchitecture(String machine) {
    return switch (machine) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> machine;
    };
  }
}
