package caisson.api.docker.system;

import caisson.api.docker.JsonAnswer;
import caisson.api.http.Exchange;
import caisson.api.http.Router;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;

/** Docker's endpoints that are not served: each says so by its name. */
public final class NotYet {
  private static final List<String> ENDPOINTS =
      List.of(
          "POST /build",
          "POST /commit",
          "GET /containers/{id}/attach/ws",
          "GET /containers/{id}/changes",
          "GET /containers/{id}/export",
          "GET /distribution/{name*}/json",
          "GET /images/get",
          "GET /images/search",
          "GET /images/{name*}/get",
          "POST /images/{name*}/push",
          "GET /networks",
          "POST /networks/create");

  private NotYet() {}

  /** Adds them; they come before the routes whose patterns would also match. */
  public static void add(Router router) {
    for (var endpoint : ENDPOINTS) {
      int blank = endpoint.indexOf(' ');
      router.on(endpoint.substring(0, blank), endpoint.substring(blank + 1), _ -> refuse(endpoint));
    }
    router
        .on("POST", "/networks/prune", NotYet::pruneNetworks)
        .on("GET", "/networks/{id}", it -> missing("network " + it.path("id") + " not found"))
        .on(
            "GET",
            "/plugins/{name*}/json",
            it -> missing("plugin \"" + it.path("name") + "\" not found"));
  }

  /** There are none of one's own, and {@code docker system prune} asks all the same. */
  private static void pruneNetworks(Exchange exchange) throws IOException {
    JsonAnswer.send(
        exchange, HttpURLConnection.HTTP_OK, Map.of("NetworksDeleted", List.<String>of()));
  }

  private static void refuse(String endpoint) {
    throw new CaissonException(ErrorCode.UNSUPPORTED, endpoint + " is not supported yet");
  }

  /** What does not exist is not found: {@code docker inspect} asks for each kind in turn. */
  private static void missing(String message) {
    throw new CaissonException(ErrorCode.NOT_FOUND, message);
  }
}
