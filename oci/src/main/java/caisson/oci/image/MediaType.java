package caisson.oci.image;

import java.util.List;
import java.util.Set;

/** The media types of image documents: OCI's (image-spec, media-types.md) and Docker's twins. */
public final class MediaType {
  /** Of documents that lead to images: indexes and manifests. */
  public static final List<String> DOCUMENTS =
      List.of(
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json");

  private static final Set<String> INDEXES = Set.copyOf(DOCUMENTS.subList(0, 2));
  private static final Set<String> MANIFESTS = Set.copyOf(DOCUMENTS.subList(2, 4));
  private static final Set<String> CONFIGS =
      Set.of(
          "application/vnd.oci.image.config.v1+json",
          "application/vnd.docker.container.image.v1+json");
  private static final Set<String> LAYERS =
      Set.of(
          "application/vnd.oci.image.layer.v1.tar",
          "application/vnd.oci.image.layer.v1.tar+gzip",
          "application/vnd.oci.image.layer.v1.tar+zstd",
          "application/vnd.oci.image.layer.nondistributable.v1.tar",
          "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
          "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
          "application/vnd.docker.image.rootfs.diff.tar",
          "application/vnd.docker.image.rootfs.diff.tar.gzip",
          "application/vnd.docker.image.rootfs.diff.tar.zstd",
          "application/vnd.docker.image.rootfs.foreign.diff.tar",
          "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");

  private MediaType() {}

  /** Whether it names a document that lists manifests or further indexes. */
  public static boolean isIndex(String mediaType) {
    return INDEXES.contains(mediaType);
  }

  /** Whether it names a document that describes one image. */
  public static boolean isManifest(String mediaType) {
    return MANIFESTS.contains(mediaType);
  }

  /** Whether it names an image's configuration. */
  public static boolean isConfig(String mediaType) {
    return CONFIGS.contains(mediaType);
  }

  /** Whether it names a layer's archive, compressed in whatever way. */
  public static boolean isLayer(String mediaType) {
    return LAYERS.contains(mediaType);
  }
}
