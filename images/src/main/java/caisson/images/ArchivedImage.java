package caisson.images;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.oci.Json;
import caisson.oci.image.ImageConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image as an archive describes it. Its documents are what their digests say; its layers have
 * not been looked at.
 *
 * @param config the configuration document, to the byte
 * @param layers bottom first
 * @param names what the archive calls it
 * @param manifest the manifest document, in an OCI layout
 */
record ArchivedImage(
    Document config, List<Layer> layers, List<Reference> names, Optional<Document> manifest) {
  /**
   * A layer, perhaps compressed.
   *
   * @param file holds the archive
   * @param diffId the digest that the uncompressed archive must have
   */
  record Layer(Path file, Digest diffId) {}

  public ArchivedImage {
    layers = List.copyOf(layers);
    names = List.copyOf(names);
  }

  /** The digest of its configuration. */
  Digest id() {
    return config.digest();
  }

  /** Puts an image together from its configuration and the files of its layers. */
  static ArchivedImage of(
      Document document,
      List<Path> files,
      List<Reference> names,
      Optional<Document> manifest,
      ArchiveLimits limits) {
    var config = Json.read(document.bytes(), ImageConfig.class, document.name());
    if (!config.os().isEmpty() && !config.os().equals("linux")) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED,
          document.name() + " describes an image for " + config.os() + "; only Linux runs here");
    }
    var diffIds = config.rootfs().map(ImageConfig.Rootfs::diffIds).orElse(List.of());
    if (diffIds.size() != files.size()) {
      throw document.corrupt(
          "it lists " + diffIds.size() + " layers, but the image has " + files.size());
    }
    if (files.size() > limits.layers()) {
      throw document.corrupt("it has " + files.size() + " layers, more than " + limits.layers());
    }
    var layers = new ArrayList<Layer>();
    for (int i = 0; i < files.size(); i++) {
      layers.add(new Layer(files.get(i), document.digest(diffIds.get(i))));
    }
    return new ArchivedImage(document, layers, names, manifest);
  }
}
