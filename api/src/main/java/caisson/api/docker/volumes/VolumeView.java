package caisson.api.docker.volumes;

import caisson.api.wire.VolumeDetails;
import caisson.engine.Volume;
import java.util.Optional;

/** A volume in Docker's words. */
final class VolumeView {
  private VolumeView() {}

  static VolumeDetails of(Volume volume) {
    return new VolumeDetails(
        volume.created(),
        "local",
        volume.labels(),
        volume.place().toString(),
        volume.name(),
        volume.options().isEmpty() ? Optional.empty() : Optional.of(volume.options()),
        "local",
        Optional.empty());
  }
}
