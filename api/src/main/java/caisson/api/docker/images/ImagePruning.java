package caisson.api.docker.images;

import caisson.api.docker.JsonAnswer;
import caisson.api.docker.PruneFilter;
import caisson.api.http.Exchange;
import caisson.api.wire.ImageRemoval;
import caisson.api.wire.PrunedImages;
import caisson.images.Image;
import caisson.images.Images;
import caisson.oci.image.ImageConfig.ContainerDefaults;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;

/**
 * {@code POST /images/prune}: removes the images that no container has and that have no name, or
 * with the filter {@code dangling=false} all that no container has.
 */
final class ImagePruning {
  private final Images images;
  private final ImageDeletion deletion;
  private final Clock clock;

  ImagePruning(Images images, ImageDeletion deletion, Clock clock) {
    this.images = images;
    this.deletion = deletion;
    this.clock = clock;
  }

  void handle(Exchange exchange) throws IOException {
    var filter =
        PruneFilter.parse(exchange.query().text("filters"), Set.of("dangling"), clock.instant());
    boolean danglingOnly = filter.filters().flag("dangling").orElse(true);
    var sizes = new LayerSizes(images);
    long before = sizes.total();
    var removed = new ArrayList<ImageRemoval>();
    for (var image : images.list()) {
      boolean wanted = !danglingOnly || image.names().isEmpty();
      if (wanted && filter.passes(image.created(), labels(image))) {
        deletion.removeUnused(image).ifPresent(removed::addAll);
      }
    }
    var answer = new PrunedImages(removed, Math.max(before - sizes.total(), 0));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, answer);
  }

  private static Map<String, String> labels(Image image) {
    return image.config().config().map(ContainerDefaults::labels).orElse(Map.of());
  }
}
