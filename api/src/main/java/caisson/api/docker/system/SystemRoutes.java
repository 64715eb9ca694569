package caisson.api.docker.system;

import caisson.api.docker.Host;
import caisson.api.docker.JsonAnswer;
import caisson.api.http.Exchange;
import caisson.api.http.Router;
import caisson.api.wire.LeakedResource;
import caisson.api.wire.PrunedCache;
import caisson.engine.Engine;
import caisson.images.Images;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The endpoints that speak of the daemon itself. */
public final class SystemRoutes {
  private static final byte[] OK = "OK".getBytes(StandardCharsets.US_ASCII);

  private final Engine engine;

  private SystemRoutes(Engine engine) {
    this.engine = engine;
  }

  /** Adds them. */
  public static void add(Router router, Engine engine, Images images, Host host) {
    var system = new SystemRoutes(engine);
    var version = new VersionAnswer(host);
    var info = new InfoAnswer(engine, images, host);
    router
        .on("GET", "/_ping", system::ping)
        .on("HEAD", "/_ping", system::ping)
        .on("GET", "/version", version::handle)
        .on("GET", "/info", info::handle)
        .on("GET", "/system/df", new DiskUsageAnswer(engine, images)::handle)
        .on("POST", "/build/prune", SystemRoutes::pruneCache)
        .on("GET", "/events", new EventStream(engine.events())::handle)
        .on("GET", "/system/leaks", system::leaks);
    new TemplateRoutes(engine.templates()).addTo(router);
  }

  private void ping(Exchange exchange) throws IOException {
    exchange
        .header("Builder-Version", "1")
        .header("Swarm", "inactive")
        .header("Cache-Control", "no-cache, no-store, must-revalidate")
        .header("Pragma", "no-cache")
        .answer(HttpURLConnection.HTTP_OK, "text/plain; charset=utf-8", OK);
  }

  /** There is no build cache; {@code docker system prune} asks all the same. */
  private static void pruneCache(Exchange exchange) throws IOException {
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, new PrunedCache(List.of(), 0));
  }

  private void leaks(Exchange exchange) throws IOException {
    var leaks =
        engine.leaks().stream().map(leak -> new LeakedResource(leak.kind(), leak.name())).toList();
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, leaks);
  }
}
