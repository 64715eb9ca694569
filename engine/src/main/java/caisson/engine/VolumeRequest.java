package caisson.engine;

import caisson.base.ByteSize;
import java.util.Map;
import java.util.Optional;

/**
 * What a new volume is to be.
 *
 * @param name the engine invents one when empty
 * @param anonymous whether it is made for one container
 * @param options the front end's own words for it, kept and given back
 * @param disk the size of an ext4 file system on a disk of its own; empty for a directory, which
 *     several containers may use at once
 */
public record VolumeRequest(
    Optional<String> name,
    boolean anonymous,
    Map<String, String> labels,
    Map<String, String> options,
    Optional<ByteSize> disk) {
  public VolumeRequest {
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
  }

  /** A directory of that name and nothing special about it. */
  public static VolumeRequest named(String name) {
    return new VolumeRequest(Optional.of(name), false, Map.of(), Map.of(), Optional.empty());
  }
}
