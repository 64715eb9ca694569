package caisson.images;

import caisson.base.ByteSize;
import caisson.base.Digest;
import caisson.oci.image.ImageConfig;
import java.time.Instant;
import java.util.List;

/**
 * An image as it is now.
 *
 * @param id the digest of its configuration
 * @param names the references that name it, in the familiar form (busybox:latest)
 * @param config the image's configuration
 * @param size what its layers take on this host's disk
 */
public record Image(
    Digest id, List<String> names, ImageConfig config, Instant created, ByteSize size) {
  public Image {
    names = List.copyOf(names);
  }
}
