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
 * @param digests the names under which registries have it: a repository and a manifest's digest, in
 *     the familiar form (busybox@sha256:…)
 * @param config the image's configuration
 * @param size what its layers take on this host's disk
 */
public record Image(
    Digest id,
    List<String> names,
    List<String> digests,
    ImageConfig config,
    Instant created,
    ByteSize size) {
  public Image {
    names = List.copyOf(names);
    digests = List.copyOf(digests);
  }
}
