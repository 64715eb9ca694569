package caisson.images;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.oci.Json;
import caisson.oci.image.Descriptor;
import caisson.oci.image.ImageConfig;
import caisson.oci.image.ImageManifest;
import caisson.oci.image.MediaType;
import caisson.registry.ManifestDocument;
import caisson.registry.RemoteRepository;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * An image as a registry describes it. Its documents are what their digests say; its layers have
 * not been looked at.
 *
 * @param digest of the document that the registry's name led to: the manifest or an index of it
 * @param manifest the manifest, to the byte
 * @param config the configuration, to the byte
 * @param layers bottom first
 */
record RemoteImage(Digest digest, Document manifest, Document config, List<Layer> layers) {
  /**
   * A layer.
   *
   * @param blob its archive, perhaps compressed
   * @param diffId the digest that the uncompressed archive must have
   */
  record Layer(Descriptor blob, Digest diffId) {
    /** The digest of the archive as it is transferred. */
    Digest digest() {
      return Digest.parse(blob.digest());
    }
  }

  RemoteImage {
    layers = List.copyOf(layers);
  }

  /** Gets the documents of the image that {@code request} is about. */
  static RemoteImage find(RemoteRepository repository, PullRequest request, ArchiveLimits limits) {
    var named = repository.manifest(request.reference());
    var choice = new PlatformChoice(request.platform());
    var manifest = named;
    for (int depth = 0; MediaType.isIndex(manifest.mediaType()); depth++) {
      if (depth >= limits.depth()) {
        throw corrupt("the indexes of " + request.familiar() + " are nested too deeply");
      }
      manifest = choose(repository, manifest, choice);
    }
    return of(repository, named, manifest, limits).requirePlatform(choice, request);
  }

  private static ManifestDocument choose(
      RemoteRepository repository, ManifestDocument index, PlatformChoice choice) {
    var descriptor = choice.of(index);
    var chosen = repository.manifest(digest(descriptor).toString());
    if (chosen.bytes().length != descriptor.size()) {
      throw corrupt(
          "the index %s announces %d bytes for %s, which has %d"
              .formatted(
                  index.digest(), descriptor.size(), chosen.digest(), chosen.bytes().length));
    }
    return chosen;
  }

  private static RemoteImage of(
      RemoteRepository repository,
      ManifestDocument named,
      ManifestDocument document,
      ArchiveLimits limits) {
    var what = "the manifest " + document.digest();
    var manifest = Json.read(document.bytes(), ImageManifest.class, what);
    var descriptor = manifest.config().orElseThrow(() -> corrupt(what + " has no configuration"));
    if (!MediaType.isConfig(descriptor.mediaType())) {
      throw unsupported(what, "a configuration", descriptor.mediaType());
    }
    var id = digest(descriptor);
    var config = new Document("configuration " + id, repository.document(descriptor));
    var layers = layers(manifest, config, what, limits);
    return new RemoteImage(named.digest(), new Document(what, document.bytes()), config, layers);
  }

  private static List<Layer> layers(
      ImageManifest manifest, Document document, String what, ArchiveLimits limits) {
    var config = Json.read(document.bytes(), ImageConfig.class, document.name());
    var diffIds = config.rootfs().map(ImageConfig.Rootfs::diffIds).orElse(List.of());
    var blobs = manifest.layers();
    if (diffIds.size() != blobs.size() || blobs.size() > limits.layers()) {
      throw corrupt(
          "%s has %d layers, its configuration %d, and at most %d are taken"
              .formatted(what, blobs.size(), diffIds.size(), limits.layers()));
    }
    var layers = new ArrayList<Layer>();
    for (int i = 0; i < blobs.size(); i++) {
      var blob = blobs.get(i);
      if (!MediaType.isLayer(blob.mediaType())) {
        throw unsupported(what, "a layer", blob.mediaType());
      }
      if (blob.size() < 0) {
        throw corrupt(what + " has a layer of " + blob.size() + " bytes");
      }
      digest(blob);
      layers.add(new Layer(blob, document.digest(diffIds.get(i))));
    }
    return layers;
  }

  private RemoteImage requirePlatform(PlatformChoice choice, PullRequest request) {
    choice.require(Json.read(config.bytes(), ImageConfig.class, config.name()), request.familiar());
    return this;
  }

  /** What has to be transferred if nothing of it is here. */
  long transferBytes() {
    var distinct = new HashSet<Digest>();
    return layers.stream()
        .filter(layer -> distinct.add(layer.digest()))
        .mapToLong(layer -> layer.blob().size())
        .reduce(0, (sum, size) -> sum > Long.MAX_VALUE - size ? Long.MAX_VALUE : sum + size);
  }

  private static Digest digest(Descriptor descriptor) {
    try {
      return Digest.parse(descriptor.digest());
    } catch (CaissonException e) {
      throw corrupt(e.text());
    }
  }

  private static CaissonException corrupt(String why) {
    return new CaissonException(ErrorCode.CORRUPT, "cannot pull: " + why);
  }

  private static CaissonException unsupported(String what, String part, String mediaType) {
    return new CaissonException(
        ErrorCode.UNSUPPORTED,
        "cannot pull: %s is not of a container image: it has %s of the media type \"%s\""
            .formatted(what, part, mediaType));
  }
}
