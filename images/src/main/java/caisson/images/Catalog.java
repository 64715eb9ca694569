package caisson.images;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a store holds, as a value: a change makes a new catalog, and what is in none is not there.
 *
 * @param images by the digests of their configurations
 * @param tags what names lead to which image
 * @param canonical what digests of manifests lead to which image
 * @param layers what each layer of any image takes on the disk
 */
record Catalog(
    Map<Digest, Contents> images,
    Map<Reference, Digest> tags,
    Map<CanonicalReference, Digest> canonical,
    Map<Digest, ByteSize> layers) {
  static final Catalog EMPTY = new Catalog(Map.of(), Map.of(), Map.of(), Map.of());

  /**
   * What belongs to an image beside its configuration.
   *
   * @param layers bottom first
   */
  record Contents(List<Digest> layers, Optional<Digest> manifest) {
    Contents {
      layers = List.copyOf(layers);
    }
  }

  Catalog {
    images = Map.copyOf(images);
    tags = Map.copyOf(tags);
    canonical = Map.copyOf(canonical);
    layers = Map.copyOf(layers);
  }

  /**
   * What belongs to an image.
   *
   * @throws CaissonException NOT_FOUND if it is not there
   */
  Contents contents(Digest id) {
    var contents = images.get(id);
    if (contents == null) {
      throw noSuchImage(id.toString());
    }
    return contents;
  }

  /** Docker's words, which its clients know. */
  static CaissonException noSuchImage(String name) {
    return new CaissonException(ErrorCode.NOT_FOUND, "No such image: " + name);
  }

  /** The names of an image. */
  List<Reference> names(Digest id) {
    return tags.entrySet().stream()
        .filter(tag -> tag.getValue().equals(id))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The digests by which registries know an image. */
  List<CanonicalReference> digests(Digest id) {
    return canonical.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What an image's layers take on the disk. */
  ByteSize size(Digest id) {
    var none = new ByteSize(0);
    var distinct = contents(id).layers().stream().distinct();
    return new ByteSize(
        distinct.mapToLong(layer -> layers.getOrDefault(layer, none).bytes()).sum());
  }

  /**
   * With one more image, whose names other images lose.
   *
   * @param sizes of its layers, in their order
   */
  Catalog with(Digest id, Contents contents, List<ByteSize> sizes, List<Reference> names) {
    var moreImages = new HashMap<>(images);
    moreImages.put(id, contents);
    var moreLayers = new HashMap<>(layers);
    for (int i = 0; i < sizes.size(); i++) {
      moreLayers.put(contents.layers().get(i), sizes.get(i));
    }
    var moreCanonical = new HashMap<>(canonical);
    contents
        .manifest()
        .ifPresent(manifest ->
            names.forEach(name ->
                moreCanonical.put(new CanonicalReference(name.repository(), manifest), id)));
    var catalog = new Catalog(moreImages, tags, moreCanonical, moreLayers);
    for (var name : names) {
      catalog = catalog.tagged(name, id);
    }
    return catalog;
  }

  /** With one more digest that leads to an image. */
  Catalog identified(CanonicalReference name, Digest id) {
    contents(id);
    var more = new HashMap<>(canonical);
    more.put(name, id);
    return new Catalog(images, tags, more, layers);
  }

  /** With one more name for an image, which another image loses. */
  Catalog tagged(Reference name, Digest id) {
    contents(id);
    var more = new HashMap<>(tags);
    more.put(name, id);
    return new Catalog(images, more, canonical, layers);
  }

  /** Without a name, and without the digests of its repository if it was the image's last there. */
  Catalog untagged(Reference name) {
    var rest = new HashMap<>(tags);
    var id = rest.remove(name);
    if (id == null) {
      throw noSuchImage(name.familiar());
    }
    boolean last =
        rest.entrySet().stream()
            .noneMatch(tag ->
                tag.getValue().equals(id) && tag.getKey().repository().equals(name.repository()));
    var restCanonical = new HashMap<>(canonical);
    restCanonical
        .entrySet()
        .removeIf(entry ->
            last
                && entry.getValue().equals(id)
                && entry.getKey().repository().equals(name.repository()));
    return new Catalog(images, rest, restCanonical, layers);
  }

  /** Without an image, its names and the layers that no other image has. */
  Catalog without(Digest id) {
    contents(id);
    var restImages = new HashMap<>(images);
    restImages.remove(id);
    var restTags = new HashMap<>(tags);
    restTags.values().removeIf(id::equals);
    var restCanonical = new HashMap<>(canonical);
    restCanonical.values().removeIf(id::equals);
    var used = new HashSet<Digest>();
    restImages.values().forEach(contents -> used.addAll(contents.layers()));
    var restLayers = new HashMap<>(layers);
    restLayers.keySet().retainAll(used);
    return new Catalog(restImages, restTags, restCanonical, restLayers);
  }

  /** The digests of all documents that the images have. */
  Set<Digest> blobs() {
    var blobs = new HashSet<>(images.keySet());
    images.values().forEach(contents -> contents.manifest().ifPresent(blobs::add));
    return blobs;
  }
}
