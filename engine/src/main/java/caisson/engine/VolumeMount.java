package caisson.engine;

import caisson.oci.runtime.MountSpec;
import caisson.oci.runtime.Spec;
import java.util.List;
import java.util.Optional;

/**
 * A mount of a volume, as a container's spec has it: its type is {@code volume}, its source the
 * volume's name, perhaps with a path in the volume behind a slash.
 *
 * @param path empty for all of the volume
 * @param copies whether an empty volume first gets what the image has in its place
 */
public record VolumeMount(String volume, String path, boolean copies) {
  /** The type of such a mount. */
  public static final String TYPE = "volume";

  /** The option that leaves an empty volume empty. */
  public static final String NO_COPY = "nocopy";

  /** What {@code mount} says of a volume; empty if it is another mount. */
  public static Optional<VolumeMount> of(MountSpec mount) {
    if (!mount.type().equals(Optional.of(TYPE))) {
      return Optional.empty();
    }
    var source = mount.source().orElse("");
    int slash = source.indexOf('/');
    return Optional.of(
        new VolumeMount(
            slash < 0 ? source : source.substring(0, slash),
            slash < 0 ? "" : source.substring(slash + 1),
            !mount.options().contains(NO_COPY)));
  }

  /** The names of all volumes that {@code spec} mounts. */
  public static List<String> names(Spec spec) {
    return spec.mounts().stream()
        .flatMap(mount -> of(mount).stream())
        .map(VolumeMount::volume)
        .distinct()
        .toList();
  }
}
