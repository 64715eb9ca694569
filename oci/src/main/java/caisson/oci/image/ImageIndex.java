package caisson.oci.image;

import caisson.base.Absent;
import java.util.List;

/** A list of manifests and further indexes (image-spec, image-index.md; Docker's manifest list). */
public record ImageIndex(List<Descriptor> manifests) {
  public ImageIndex {
    manifests = Absent.list(manifests);
  }
}
