package caisson.oci.image;

import caisson.base.Absent;
import java.util.List;
import java.util.Optional;

/**
 * One image: its configuration and its layers, bottom first (image-spec, manifest.md; Docker's
 * image manifest, version 2, schema 2).
 */
public record ImageManifest(Optional<Descriptor> config, List<Descriptor> layers) {
  public ImageManifest {
    layers = Absent.list(layers);
  }
}
