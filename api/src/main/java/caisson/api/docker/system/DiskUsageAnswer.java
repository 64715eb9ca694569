package caisson.api.docker.system;

import caisson.api.docker.JsonAnswer;
import caisson.api.docker.containers.ContainerListing;
import caisson.api.docker.images.ImageListing;
import caisson.api.docker.images.LayerSizes;
import caisson.api.http.Exchange;
import caisson.api.wire.DiskUsage;
import caisson.engine.Engine;
import caisson.images.Images;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.List;

/** {@code GET /system/df}: what takes space on the host's disk. */
final class DiskUsageAnswer {
  private final ContainerListing containers;
  private final ImageListing images;
  private final LayerSizes layers;

  DiskUsageAnswer(Engine engine, Images images) {
    this.containers = new ContainerListing(engine, images, Clock.systemUTC());
    this.images = new ImageListing(images, engine.containers());
    this.layers = new LayerSizes(images);
  }

  void handle(Exchange exchange) throws IOException {
    var usage =
        new DiskUsage(layers.total(), images.counted(), containers.sized(), List.of(), List.of());
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, usage);
  }
}
