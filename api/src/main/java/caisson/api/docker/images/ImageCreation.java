package caisson.api.docker.images;

import caisson.api.http.Exchange;
import caisson.images.Images;
import java.io.IOException;

/** {@code POST /images/create}: a pull, or the import of a root file system. */
final class ImageCreation {
  private final ImagePull pull;
  private final ImageImport rootfs;

  ImageCreation(Images images) {
    pull = new ImagePull(images);
    rootfs = new ImageImport(images);
  }

  void handle(Exchange exchange) throws IOException, InterruptedException {
    var image = exchange.query().text("fromImage").filter(text -> !text.isEmpty());
    if (image.isPresent()) {
      pull.handle(exchange, image.get());
    } else {
      rootfs.handle(exchange);
    }
  }
}
