package caisson.api.docker.images;

import caisson.api.docker.JsonLines;
import caisson.api.docker.PlatformThread;
import caisson.api.http.Exchange;
import caisson.api.wire.Progress;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.images.Images;
import caisson.oci.image.ImageConfig;
import caisson.oci.image.ImageConfig.History;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code POST /images/create?fromSrc=-}: an image from a root file system. */
final class ImageImport {
  private final Images images;

  ImageImport(Images images) {
    this.images = images;
  }

  void handle(Exchange exchange) throws IOException, InterruptedException {
    var query = exchange.query();
    if (!query.text("fromSrc").orElse("").equals("-")) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED,
          "an image is imported from the request's body only (fromSrc=-), not from a URL");
    }
    var name = query.text("repo").map(repo -> ImageTagging.name(repo, query.text("tag")));
    var config = config(query.all("changes"), query.text("message"));
    try (var lines = new JsonLines(exchange)) {
      var image =
          PlatformThread.call(
              "image-import", () -> images.importRootfs(exchange.body(), config, name));
      lines.write(Progress.status(image.id().toString()));
    }
  }

  /** The platform is the host's, which the image store fills in. */
  private static ImageConfig config(List<String> changes, Optional<String> message) {
    var defaults = ImportChanges.parse(changes);
    var now = Optional.of(Instant.now().toString());
    var history =
        new History(
            now,
            Optional.empty(),
            Optional.empty(),
            message.or(() -> Optional.of("Imported from -")),
            Optional.empty());
    return new ImageConfig(
        now,
        Optional.empty(),
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.of(defaults),
        Optional.empty(),
        List.of(history));
  }
}
