package caisson.images;

import caisson.base.Digest;
import caisson.oci.Json;
import caisson.oci.image.ImageConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The configuration of an image that is made from one archive. */
final class ImportedConfig {
  private ImportedConfig() {}

  /**
   * {@code wanted} with the layer; what it does not say is filled in.
   *
   * @param now the time of creation unless it has one
   */
  static Document document(ImageConfig wanted, Digest diffId, Instant now) {
    var platform = GuestPlatform.current();
    var created = wanted.created().or(() -> Optional.of(now.toString()));
    var history =
        new ImageConfig.History(
            created,
            Optional.empty(),
            wanted.author(),
            Optional.of("Imported from a root file system"),
            Optional.empty());
    var config =
        new ImageConfig(
            created,
            wanted.author(),
            wanted.architecture().isEmpty() ? platform.architecture() : wanted.architecture(),
            wanted.os().isEmpty() ? platform.os() : wanted.os(),
            wanted.variant(),
            wanted.dockerVersion(),
            wanted.config(),
            Optional.of(new ImageConfig.Rootfs("layers", List.of(diffId.toString()))),
            wanted.history().isEmpty() ? List.of(history) : wanted.history());
    return new Document("the new image's configuration", Json.write(config));
  }
}
