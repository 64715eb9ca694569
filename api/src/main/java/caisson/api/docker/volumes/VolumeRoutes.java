package caisson.api.docker.volumes;

import caisson.api.docker.Filters;
import caisson.api.docker.JsonAnswer;
import caisson.api.http.Exchange;
import caisson.api.http.Router;
import caisson.api.wire.PrunedVolumes;
import caisson.api.wire.VolumeList;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Volume;
import caisson.engine.Volumes;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The endpoints under {@code /volumes}. */
public final class VolumeRoutes {
  private static final Set<String> LIST_FILTERS = Set.of("dangling", "driver", "label", "name");
  private static final Set<String> PRUNE_FILTERS = Set.of("label", "label!", "all");

  private final Volumes volumes;

  private VolumeRoutes(Volumes volumes) {
    this.volumes = volumes;
  }

  /** Adds them. */
  public static void add(Router router, Volumes volumes) {
    var routes = new VolumeRoutes(volumes);
    router
        .on("GET", "/volumes", routes::list)
        .on("POST", "/volumes/create", new VolumeCreation(volumes)::handle)
        .on("POST", "/volumes/prune", routes::prune)
        .on("GET", "/volumes/{name}", routes::inspect)
        .on("DELETE", "/volumes/{name}", routes::remove);
  }

  private void list(Exchange exchange) throws IOException {
    var filters = Filters.parse(exchange.query().text("filters"), LIST_FILTERS);
    var dangling = filters.flag("dangling");
    var found =
        volumes.list().stream()
            .filter(volume -> filters.any("name", volume.name()::contains))
            .filter(_ -> filters.any("driver", "local"::equals))
            .filter(volume -> filters.labels(volume.labels()))
            .filter(volume -> dangling.map(wanted -> wanted == isUnused(volume)).orElse(true))
            .map(VolumeView::of)
            .toList();
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, new VolumeList(found, List.of()));
  }

  private boolean isUnused(Volume volume) {
    return volumes.users(volume.name()).isEmpty();
  }

  private void inspect(Exchange exchange) throws IOException {
    var volume = volumes.inspect(exchange.path("name"));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, VolumeView.of(volume));
  }

  private void remove(Exchange exchange) throws IOException {
    try {
      volumes.remove(exchange.path("name"));
    } catch (CaissonException e) {
      boolean gone = e.code() == ErrorCode.NOT_FOUND && exchange.query().flag("force");
      if (!gone) {
        throw e;
      }
    }
    exchange.answer(HttpURLConnection.HTTP_NO_CONTENT);
  }

  /** Since version 1.42 only anonymous volumes, unless all are asked for. */
  private void prune(Exchange exchange) throws IOException {
    var filters = Filters.parse(exchange.query().text("filters"), PRUNE_FILTERS);
    boolean all = filters.flag("all").orElse(!exchange.version().atLeast(1, 42));
    var removed = new ArrayList<String>();
    long bytes = 0;
    for (var volume : volumes.list()) {
      if ((all || volume.anonymous()) && passes(filters, volume) && isUnused(volume)) {
        long size = volumes.diskUsage(volume.name()).bytes();
        if (removeIfUnused(volume)) {
          removed.add(volume.name());
          bytes += size;
        }
      }
    }
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, new PrunedVolumes(removed, bytes));
  }

  private static boolean passes(Filters filters, Volume volume) {
    return filters.labels(volume.labels()) && !filters.excludes(volume.labels());
  }

  /** False if somebody was quicker, to use it or to remove it. */
  private boolean removeIfUnused(Volume volume) {
    try {
      volumes.remove(volume.name());
      return true;
    } catch (CaissonException e) {
      if (e.code() == ErrorCode.CONFLICT || e.code() == ErrorCode.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
