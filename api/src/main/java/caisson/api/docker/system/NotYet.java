package caisson.api.docker.system;

import caisson.api.http.Router;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.List;

/** Docker's endpoints that are not served: each says so by its name. */
public final class NotYet {
  private static final List<String> ENDPOINTS =
      List.of(
          "POST /build",
          "GET /containers/{id}/attach/ws",
          "GET /distribution/{name*}/json",
          "GET /images/get",
          "GET /images/search",
          "GET /images/{name*}/get",
          "POST /images/{name*}/push");

  private NotYet() {}

  /** Adds them; they come before the routes whose patterns would also match. */
  public static void add(Router router) {
    for (var endpoint : ENDPOINTS) {
      int blank = endpoint.indexOf(' ');
      router.on(endpoint.substring(0, blank), endpoint.substring(blank + 1), _ -> refuse(endpoint));
    }
    router.on(
        "GET",
        "/plugins/{name*}/json",
        it -> missing("plugin \"" + it.path("name") + "\" not found"));
  }

  private static void refuse(String endpoint) {
    throw new CaissonException(ErrorCode.UNSUPPORTED, endpoint + " is not supported yet");
  }

  /** What does not exist is not found: {@code docker inspect} asks for each kind in turn. */
  private static void missing(String message) {
    throw new CaissonException(ErrorCode.NOT_FOUND, message);
  }
}
