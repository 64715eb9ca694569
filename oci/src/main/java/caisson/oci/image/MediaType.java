package caisson.oci.image;

import java.util.Set;

/** The media types of image documents: OCI's (image-spec, media-types.md) and Docker's twins. */
public final class MediaType {
  private static final Set<String> INDEXES =
      Set.of(
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");
  private static final Set<String> MANIFESTS =
      Set.of(
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json");

  private MediaType() {}

  /** Whether it names a document that lists manifests or further indexes. */
  public static boolean isIndex(String mediaType) {
    return INDEXES.contains(mediaType);
  }

  /** Whether it names a document that describes one image. */
  public static boolean isManifest(String mediaType) {
    return MANIFESTS.contains(mediaType);
  }
}
