package caisson.images;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.oci.Json;
import caisson.oci.image.ImageConfig;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The images of a store at one moment, as its users see them. */
record Shelf(Catalog catalog, BlobStore blobs) {
  /** The image that a name or an id means. */
  Digest find(String nameOrId) {
    return new Resolution(catalog).find(nameOrId);
  }

  /**
   * An image that is there.
   *
   * @throws CaissonException NOT_FOUND, or CORRUPT if its configuration is damaged
   */
  Image image(Digest id) {
    var size = catalog.size(id);
    var config = Json.read(blobs.read(id).bytes(), ImageConfig.class, "the image's configuration");
    var names = catalog.names(id).stream().map(Reference::familiar).sorted().toList();
    var digests = catalog.digests(id).stream().map(CanonicalReference::familiar).sorted().toList();
    return new Image(id, names, digests, config, created(config), size);
  }

  /** All images, newest first, but those that are damaged: they show where they are used. */
  List<Image> all() {
    return catalog.images().keySet().stream()
        .flatMap(this::readable)
        .sorted(Comparator.comparing(Image::created).reversed().thenComparing(Image::id))
        .toList();
  }

  private Stream<Image> readable(Digest id) {
    try {
      return Stream.of(image(id));
    } catch (CaissonException e) {
      System.getLogger("caisson.images").log(Level.ERROR, "left out an image: " + e.text());
      return Stream.empty();
    }
  }

  /** The time in the configuration, or 1970 where there is none. */
  private static Instant created(ImageConfig config) {
    try {
      return config
          .created()
          .map(text -> OffsetDateTime.parse(text).toInstant())
          .orElse(Instant.EPOCH);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
