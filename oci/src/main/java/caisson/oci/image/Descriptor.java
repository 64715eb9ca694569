package caisson.oci.image;

import caisson.base.Absent;
import java.util.Map;
import java.util.Optional;

/**
 * What one document says of another blob (image-spec, descriptor.md). Nothing of it is checked.
 *
 * @param digest as written
 * @param size in bytes
 * @param platform which machines the blob is for; in an index only
 */
public record Descriptor(
    String mediaType,
    String digest,
    long size,
    Optional<Platform> platform,
    Map<String, String> annotations) {
  /** Names the architecture and operating system that an image runs on. */
  public record Platform(String architecture, String os, Optional<String> variant) {
    public Platform {
      architecture = Absent.text(architecture);
      os = Absent.text(os);
    }
  }

  public Descriptor {
    mediaType = Absent.text(mediaType);
    digest = Absent.text(digest);
    annotations = Absent.map(annotations);
  }
}
