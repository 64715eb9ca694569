package caisson.engine;

import caisson.base.ByteSize;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Files that outlive the containers that use them.
 *
 * @param anonymous whether it was made for one container and goes with it if that is asked for
 * @param place a directory whose content the files are, or a disk image with an ext4 file system
 * @param disk the size of the file system; empty for a directory
 */
public record Volume(
    String name,
    Instant created,
    boolean anonymous,
    Map<String, String> labels,
    Map<String, String> options,
    Path place,
    Optional<ByteSize> disk) {
  public Volume {
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
  }
}
