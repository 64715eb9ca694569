package caisson.api.docker.networks;

import caisson.api.docker.Filters;
import caisson.api.docker.JsonAnswer;
import caisson.api.http.Exchange;
import caisson.api.http.Router;
import caisson.api.wire.NetworkDetails;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Engine;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The endpoints under {@code /networks}: there are those that are always there, and no others. */
public final class NetworkRoutes {
  private static final Set<String> FILTERS = Set.of("name", "id", "driver", "type");

  private final NetworkAnswer networks;

  private NetworkRoutes(Engine engine) {
    this.networks = new NetworkAnswer(engine);
  }

  /** Adds them. */
  public static void add(Router router, Engine engine) {
    var routes = new NetworkRoutes(engine);
    router
        .on("GET", "/networks", routes::list)
        .on("POST", "/networks/create", _ -> refuse("cannot create a network"))
        .on("POST", "/networks/prune", NetworkRoutes::prune)
        .on("GET", "/networks/{id}", routes::inspect)
        .on("DELETE", "/networks/{id}", routes::remove)
        .on("POST", "/networks/{id}/connect", _ -> refuse("cannot connect a container"))
        .on("POST", "/networks/{id}/disconnect", _ -> refuse("cannot disconnect a container"));
  }

  private static void refuse(String what) {
    throw new CaissonException(
        ErrorCode.UNSUPPORTED,
        what
            + ": networks of one's own are not supported yet; containers on the network bridge"
            + " reach each other by address");
  }

  private void list(Exchange exchange) throws IOException {
    var filters = Filters.parse(exchange.query().text("filters"), FILTERS);
    var all =
        networks.all().stream()
            .filter(it -> filters.any("name", it.name()::contains))
            .filter(it -> filters.any("id", it.id()::startsWith))
            .filter(it -> filters.any("driver", it.driver()::equals))
            .filter(_ -> filters.any("type", "builtin"::equals))
            .toList();
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, all);
  }

  private void inspect(Exchange exchange) throws IOException {
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, find(exchange.path("id")));
  }

  private void remove(Exchange exchange) {
    throw new CaissonException(
        ErrorCode.FORBIDDEN,
        find(exchange.path("id")).name() + " is a pre-defined network and cannot be removed");
  }

  /** Finds by name or full id, and then by the beginning of an id. */
  private NetworkDetails find(String text) {
    var all = networks.all();
    Predicate<NetworkDetails> exact = it -> it.name().equals(text) || it.id().equals(text);
    return all.stream()
        .filter(exact)
        .findFirst()
        .or(() -> all.stream().filter(it -> it.id().startsWith(text)).findFirst())
        .orElseThrow(
            () -> new CaissonException(ErrorCode.NOT_FOUND, "network " + text + " not found"));
  }

  private static void prune(Exchange exchange) throws IOException {
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, Map.of("NetworksDeleted", List.of()));
  }
}
