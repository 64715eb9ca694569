package caisson.images;

import caisson.base.ByteSize;
import caisson.base.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An image of an archive whose layers are all in the store.
 *
 * @param sizes what its layers take on the disk, bottom first
 */
record LoadedImage(ArchivedImage image, List<ByteSize> sizes) {
  /** Brings in the layers of {@code image}. */
  static LoadedImage of(ArchivedImage image, LayerHold layers, Consumer<String> progress) {
    var sizes = new ArrayList<ByteSize>();
    for (var layer : image.layers()) {
      progress.accept(
          "Layer %s (%d of %d)"
              .formatted(layer.diffId().abbreviated(), sizes.size() + 1, image.layers().size()));
      sizes.add(layers.require(layer));
    }
    return new LoadedImage(image, sizes);
  }

  Stream<Document> documents() {
    return Stream.concat(Stream.of(image.config()), image.manifest().stream());
  }

  /** {@code catalog} with all of {@code images}. */
  static Catalog addAll(List<LoadedImage> images, Catalog catalog) {
    var next = catalog;
    for (var loaded : images) {
      next = loaded.addTo(next);
    }
    return next;
  }

  private Catalog addTo(Catalog catalog) {
    var diffIds = image.layers().stream().map(ArchivedImage.Layer::diffId).toList();
    Optional<Digest> manifest = image.manifest().map(Document::digest);
    return catalog.with(image.id(), new Catalog.Contents(diffIds, manifest), sizes, image.names());
  }
}
