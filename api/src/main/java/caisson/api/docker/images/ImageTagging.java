package caisson.api.docker.images;

import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.images.Images;
import caisson.images.Reference;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** {@code POST /images/NAME/tag}. */
final class ImageTagging {
  private final Images images;

  ImageTagging(Images images) {
    this.images = images;
  }

  void handle(Exchange exchange) throws IOException {
    var query = exchange.query();
    var repository =
        query.text("repo").orElseThrow(() -> BadRequest.of("repo, the new name, is missing"));
    var image = images.resolve(exchange.path("name"));
    images.tag(image.id(), name(repository, query.text("tag")));
    exchange.answer(HttpURLConnection.HTTP_CREATED);
  }

  /** A repository and a tag, which may be in one text. */
  static Reference name(String repository, Optional<String> tag) {
    return Reference.parse(tag.map(it -> repository + ":" + it).orElse(repository));
  }
}
