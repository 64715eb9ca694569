package caisson.api.docker.images;

import caisson.api.docker.JsonLines;
import caisson.api.docker.PlatformThread;
import caisson.api.docker.RegistryAuth;
import caisson.api.http.Exchange;
import caisson.images.Images;
import caisson.images.PullRequest;
import java.io.IOException;
import java.util.Optional;

/** {@code POST /images/create?fromImage=…}. It is broken off when its client goes away. */
final class ImagePull {
  private final Images images;

  ImagePull(Images images) {
    this.images = images;
  }

  void handle(Exchange exchange, String image) throws IOException, InterruptedException {
    var query = exchange.query();
    var request =
        PullRequest.of(
            image,
            filled(query.text("tag")),
            filled(query.text("platform")),
            RegistryAuth.of(exchange.requestHeader(RegistryAuth.HEADER)));
    try (var lines = new JsonLines(exchange);
        var progress = new PullLines(lines);
        var _ = exchange.watchHangup()) {
      ImageLoading.report(
          lines, () -> PlatformThread.call("image-pull", () -> images.pull(request, progress)));
    }
  }

  private static Optional<String> filled(Optional<String> text) {
    return text.filter(it -> !it.isEmpty());
  }
}
