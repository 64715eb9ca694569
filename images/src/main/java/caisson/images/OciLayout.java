package caisson.images;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.oci.Json;
import caisson.oci.image.Descriptor;
import caisson.oci.image.Descriptor.Platform;
import caisson.oci.image.ImageIndex;
import caisson.oci.image.ImageManifest;
import caisson.oci.image.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An OCI image layout (image-spec, image-layout.md): {@value #INDEX} lists manifests and indexes,
 * which are blobs named by their digests. Of an index with several platforms only the image for
 * this machine's is taken.
 */
final class OciLayout {
  static final String MARK = "oci-layout";
  static final String INDEX = "index.json";

  /** What containerd and BuildKit write: a whole reference. */
  private static final String CONTAINERD_NAME = "io.containerd.image.name";

  /** The specification's: for most writers only a tag, for some a whole reference. */
  private static final String REF_NAME = "org.opencontainers.image.ref.name";

  private final Members members;
  private final Document index;
  private final Platform here;
  private final ArchiveLimits limits;
  private int documents;

  OciLayout(Members members, Document index, Platform here, ArchiveLimits limits) {
    this.members = members;
    this.index = index;
    this.here = here;
    this.limits = limits;
  }

  List<ArchivedImage> images() {
    var images = new ArrayList<ArchivedImage>();
    for (var descriptor : suitable(index)) {
      images.add(image(descriptor, names(descriptor), 0));
    }
    return images;
  }

  private ArchivedImage image(Descriptor descriptor, List<Reference> names, int depth) {
    if (++documents > limits.images() || depth > limits.depth()) {
      throw index.corrupt("it has too many documents or they are nested too deeply");
    }
    var document = document(descriptor);
    if (MediaType.isIndex(descriptor.mediaType())) {
      return image(suitable(document).getFirst(), names, depth + 1);
    }
    if (!MediaType.isManifest(descriptor.mediaType())) {
      throw index.corrupt(
          "\"" + descriptor.mediaType() + "\" is neither an image manifest nor an index");
    }
    var manifest = Json.read(document.bytes(), ImageManifest.class, document.name());
    var config = manifest.config().orElseThrow(() -> document.corrupt("it has no configuration"));
    var layers = manifest.layers().stream().map(this::file).toList();
    return ArchivedImage.of(document(config), layers, names, Optional.of(document), limits);
  }

  /** What of an index can run here: the descriptors for this platform or for none in particular. */
  private List<Descriptor> suitable(Document document) {
    var all = Json.read(document.bytes(), ImageIndex.class, document.name()).manifests();
    var suitable =
        all.stream().filter(descriptor -> descriptor.platform().filter(this::foreign).isEmpty());
    var list = suitable.toList();
    if (list.isEmpty()) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED,
          "the archive's "
              + document.name()
              + " has no image for "
              + name(here)
              + ", only "
              + all.stream().flatMap(d -> d.platform().stream()).map(OciLayout::name).toList());
    }
    return list;
  }

  private boolean foreign(Platform platform) {
    return !platform.os().equals(here.os()) || !platform.architecture().equals(here.architecture());
  }

  private static String name(Platform platform) {
    return platform.os() + "/" + platform.architecture();
  }

  private List<Reference> names(Descriptor descriptor) {
    var whole = descriptor.annotations().get(CONTAINERD_NAME);
    if (whole != null) {
      return List.of(index.reference(whole));
    }
    var name = descriptor.annotations().getOrDefault(REF_NAME, "");
    boolean onlyTag = name.indexOf('/') < 0 && name.indexOf(':') < 0;
    return onlyTag ? List.of() : List.of(index.reference(name));
  }

  private Document document(Descriptor descriptor) {
    return members.read(file(descriptor), Members.BLOBS + digest(descriptor).hex());
  }

  private Path file(Descriptor descriptor) {
    var digest = digest(descriptor);
    var file =
        members
            .blob(digest)
            .orElseThrow(() -> index.corrupt("it needs the blob " + digest + ", which is missing"));
    try {
      if (Files.size(file) != descriptor.size()) {
        throw index.corrupt(
            "the blob " + digest + " should have " + descriptor.size() + " bytes but has others");
      }
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.NO_RESOURCES, "cannot read " + file + ": " + e, e);
    }
    return file;
  }

  private Digest digest(Descriptor descriptor) {
    return index.digest(descriptor.digest());
  }
}
