package caisson.api.docker.mounts;

import caisson.api.wire.Mount.Driver;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mount that a container asks for, checked. */
sealed interface RequestedMount {
  /** The path in the container, without dots and a slash at its end. */
  String destination();

  /**
   * A file or directory of the host.
   *
   * @param make whether a missing source becomes a directory
   */
  record Bind(String destination, String source, boolean readOnly, String propagation, boolean make)
      implements RequestedMount {}

  /**
   * A volume.
   *
   * @param name empty for one of the container's own
   * @param path in the volume; empty for all of it
   * @param copy whether an empty volume gets what the image has in its place
   * @param labels of the volume, if it has to be made
   */
  record OfVolume(
      String destination,
      Optional<String> name,
      String path,
      boolean readOnly,
      boolean copy,
      Map<String, String> labels,
      Optional<Driver> driver)
      implements RequestedMount {
    /** A volume of the container's own. */
    static OfVolume anonymous(String destination) {
      return new OfVolume(
          destination, Optional.empty(), "", false, true, Map.of(), Optional.empty());
    }
  }

  /** A file system in memory. */
  record Tmpfs(String destination, List<String> options) implements RequestedMount {}
}
