package caisson.images;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Images on the disk:
 *
 * <pre>
 * catalog.json          what is there; nothing else counts
 * blobs/sha256/HEX      configurations and manifests
 * layers/HEX.erofs      block images, by diff id
 * incoming/             what requests are making
 * partial/              what came of layers whose pull was broken off
 * </pre>
 *
 * <p>Files come before the catalog that names them and go after the one that does not, so a daemon
 * that is killed leaves at most files that nothing names; they are swept when the store is opened.
 */
final class ContentStore {
  private final CatalogFile file;
  private final BlobStore blobs;
  private final LayerStore layers;
  private final Path incoming;
  private final Partials partials;
  private final ReentrantLock changing = new ReentrantLock();

  /** Guarded by the lock. */
  private Catalog catalog;

  private ContentStore(Path root) throws IOException {
    file = new CatalogFile(root.resolve("catalog.json"));
    blobs = new BlobStore(root.resolve("blobs/sha256"));
    layers = new LayerStore(root.resolve("layers"));
    incoming = root.resolve("incoming");
    partials = new Partials(root.resolve("partial"));
    DurableFiles.createDirectories(root.resolve("blobs/sha256"));
    DurableFiles.createDirectories(root.resolve("layers"));
    DurableFiles.createDirectories(incoming);
    DurableFiles.createDirectories(partials.directory());
    catalog = file.read();
  }

  /** Opens the store in {@code root}; no other process may have it open. */
  static ContentStore open(Path root) throws IOException {
    var store = new ContentStore(root);
    store.file.sweep();
    Sweep.all(store.incoming);
    store.partials.sweep();
    store.layers.sweep(store.catalog.layers().keySet());
    store.blobs.sweep(store.catalog.blobs());
    return store;
  }

  /** Applies {@code reading} to what is there; nothing of it is removed meanwhile. */
  <T> T read(Function<Shelf, T> reading) {
    changing.lock();
    try {
      return reading.apply(new Shelf(catalog, blobs));
    } finally {
      changing.unlock();
    }
  }

  LayerStore layers() {
    return layers;
  }

  /** The directory for requests' own files. */
  Path incoming() {
    return incoming;
  }

  Partials partials() {
    return partials;
  }

  /** Adds {@code documents} and applies {@code change}; all of it is true at once, or nothing. */
  void add(List<Document> documents, UnaryOperator<Catalog> change) {
    changing.lock();
    try {
      for (var document : documents) {
        blobs.write(document);
      }
      replace(change.apply(catalog));
    } catch (IOException e) {
      throw failed(e);
    } finally {
      documents.forEach(document -> deleteUnused(document.digest()));
      changing.unlock();
    }
  }

  /**
   * Applies {@code change} and deletes what the catalog has lost by it.
   *
   * @return the layers that it has lost
   */
  Set<Digest> change(UnaryOperator<Catalog> change) {
    changing.lock();
    try {
      var before = catalog;
      replace(change.apply(before));
      before.blobs().forEach(this::deleteUnused);
      var lost = new HashSet<>(before.layers().keySet());
      lost.removeAll(catalog.layers().keySet());
      lost.forEach(layers::delete);
      return lost;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      changing.unlock();
    }
  }

  /** Ends a request's hold on layers; those that have become part of no image are deleted. */
  void release(List<Digest> held) {
    changing.lock();
    try {
      for (var diffId : held) {
        layers.release(diffId);
        if (!catalog.layers().containsKey(diffId)) {
          layers.delete(diffId);
        }
      }
    } finally {
      changing.unlock();
    }
  }

  private void replace(Catalog next) throws IOException {
    file.write(next);
    catalog = next;
  }

  private void deleteUnused(Digest blob) {
    if (!catalog.blobs().contains(blob)) {
      try {
        blobs.delete(blob);
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private CaissonException failed(IOException e) {
    return new CaissonException(
        ErrorCode.NO_RESOURCES, "cannot change the list of images " + file.path() + ": " + e, e);
  }
}
