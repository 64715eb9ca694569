package caisson.images;

import caisson.base.Digest;
import caisson.oci.Json;
import caisson.oci.image.ImageConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The configuration of an image that is made of another one and one more layer. */
final class CommittedConfig {
  private CommittedConfig() {}

  /**
   * The configuration; platform and history go on from the image below.
   *
   * @param diffIds all layers, bottom first
   */
  static Document document(ImageConfig base, Commit commit, List<Digest> diffIds, Instant now) {
    var created = Optional.of(now.toString());
    var history = new ArrayList<>(base.history());
    history.add(
        new ImageConfig.History(
            created,
            Optional.of(commit.createdBy()),
            commit.author(),
            commit.comment(),
            Optional.empty()));
    var config =
        new ImageConfig(
            created,
            commit.author(),
            base.architecture(),
            base.os(),
            base.variant(),
            Optional.empty(),
            Optional.of(commit.defaults()),
            Optional.of(
                new ImageConfig.Rootfs("layers", diffIds.stream().map(Digest::toString).toList())),
            history);
    return new Document("the new image's configuration", Json.write(config));
  }
}
