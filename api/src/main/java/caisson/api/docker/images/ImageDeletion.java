package caisson.api.docker.images;

import caisson.api.docker.ImageClaims;
import caisson.api.docker.JsonAnswer;
import caisson.api.http.Exchange;
import caisson.api.wire.ImageRemoval;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Container;
import caisson.engine.Containers;
import caisson.images.Image;
import caisson.images.Images;
import caisson.images.Reference;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code DELETE /images/NAME}. A name is taken away; the last name takes the image with it. An
 * image that a container has stays, because a container that is started again needs it: with {@code
 * force} only its name goes.
 */
final class ImageDeletion {
  private final Images images;
  private final Containers containers;
  private final ImageClaims claims;

  ImageDeletion(Images images, Containers containers, ImageClaims claims) {
    this.images = images;
    this.containers = containers;
    this.claims = claims;
  }

  void handle(Exchange exchange) throws IOException {
    var name = exchange.path("name");
    boolean force = exchange.query().flag("force");
    var removed = claims.holding(() -> delete(name, force));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, removed);
  }

  private List<ImageRemoval> delete(String text, boolean force) {
    var image = images.resolve(text);
    var name = named(image, text);
    if (name.isPresent() && image.names().size() > 1) {
      return untag(name.get());
    }
    var user = user(image);
    if (user.isPresent()) {
      if (name.isPresent() && force) {
        return untag(name.get());
      }
      throw inUse(image, text, user.get());
    }
    if (name.isEmpty() && !force && repositories(image) > 1) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "conflict: unable to delete %s (must be forced) - image is referenced in multiple repositories"
              .formatted(image.id().abbreviated()));
    }
    return remove(image);
  }

  /** The name of the image that {@code text} is, if it is one and not an id. */
  private static Optional<Reference> named(Image image, String text) {
    try {
      return Optional.of(Reference.parse(text))
          .filter(reference -> image.names().contains(reference.familiar()));
    } catch (CaissonException e) {
      return Optional.empty();
    }
  }

  private static long repositories(Image image) {
    return image.names().stream()
        .map(name -> Reference.parse(name).familiarName())
        .distinct()
        .count();
  }

  /** Removes an image that no container has; empty if one has it. */
  Optional<List<ImageRemoval>> removeUnused(Image image) {
    return claims.holding(
        () -> user(image).isPresent() ? Optional.empty() : Optional.of(remove(image)));
  }

  private Optional<Container> user(Image image) {
    return containers.list().stream()
        .filter(container -> container.request().sandbox().image().equals(image.id()))
        .findFirst();
  }

  private static CaissonException inUse(Image image, String text, Container user) {
    return new CaissonException(
        ErrorCode.CONFLICT,
        "conflict: unable to remove image \"%s\" - container %s is using its referenced image %s"
            .formatted(text, user.id().abbreviated(), image.id().abbreviated()));
  }

  private List<ImageRemoval> untag(Reference name) {
    images.untag(name);
    return List.of(ImageRemoval.untagged(name.familiar()));
  }

  private List<ImageRemoval> remove(Image image) {
    var removed = new ArrayList<ImageRemoval>();
    image.names().forEach(name -> removed.add(ImageRemoval.untagged(name)));
    image.digests().forEach(name -> removed.add(ImageRemoval.untagged(name)));
    var layers = images.remove(image.id());
    removed.add(ImageRemoval.deleted(image.id().toString()));
    layers.forEach(layer -> removed.add(ImageRemoval.deleted(layer.toString())));
    return removed;
  }
}
