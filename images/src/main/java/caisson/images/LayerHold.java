package caisson.images;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.rootfs.ConvertedLayer;
import caisson.rootfs.LayerImage;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The layers that one request needs: until it is closed they stay, and those that have become part
 * of an image by then stay further. Several threads may bring layers at once.
 */
final class LayerHold implements AutoCloseable {
  private final ContentStore store;
  private final Workspace workspace;
  private final ByteBudget budget;
  private final Queue<Digest> held = new ConcurrentLinkedQueue<>();

  LayerHold(ContentStore store, Workspace workspace, ByteBudget budget) {
    this.store = store;
    this.workspace = workspace;
    this.budget = budget;
  }

  /**
   * Sees to it that a layer of an archive is in the store.
   *
   * @return what it takes on the disk
   * @throws CaissonException CORRUPT if its archive is damaged or not what its diff id says
   */
  ByteSize require(ArchivedImage.Layer layer) {
    require(layer.diffId(), target -> convert(layer, target));
    return store.layers().size(layer.diffId());
  }

  /** Makes a layer's block image in a file that is not there yet, and answers that file. */
  @FunctionalInterface
  interface Maker {
    Path make(Path target);
  }

  /**
   * Sees to it that a layer is in the store.
   *
   * @return whether it had to be made
   */
  boolean require(Digest diffId, Maker maker) {
    var target = workspace.file("layer-" + diffId.hex());
    boolean made = store.layers().hold(diffId, () -> maker.make(target));
    held.add(diffId);
    return made;
  }

  private Path convert(ArchivedImage.Layer layer, Path target) {
    try (var archive = new FileInputStream(layer.file().toFile())) {
      return convert(archive, layer.diffId(), target);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot read the layer " + layer.file() + ": " + e, e);
    }
  }

  /** Turns the archive of the layer {@code diffId} into a block image, and answers its file. */
  Path convert(InputStream archive, Digest diffId, Path target) {
    try {
      var converted = convert(archive, target);
      if (!converted.diffId().equals(diffId)) {
        throw new CaissonException(
            ErrorCode.CORRUPT, "it is damaged: its digest is " + converted.diffId());
      }
      return target;
    } catch (CaissonException e) {
      throw new CaissonException(
          e.code(), "cannot unpack the layer " + diffId + ": " + e.text(), e);
    }
  }

  /** Keeps the layers of an image that is there, and answers them. */
  List<Digest> keep(Digest image) {
    var layers = store.read(shelf -> shelf.catalog().contents(image).layers());
    for (var diffId : layers) {
      require(
          diffId,
          _ -> {
            throw new CaissonException(
                ErrorCode.CORRUPT,
                "the layer " + diffId + " of image " + image + " is missing: load the image again");
          });
    }
    return layers;
  }

  /** The same with an archive in a file. */
  Digest adopt(Path archive) {
    try (var stream = new FileInputStream(archive.toFile())) {
      return adopt(stream);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot read the layer " + archive + ": " + e, e);
    }
  }

  /** Turns an archive whose digest nobody knows yet into a layer of the store. */
  Digest adopt(InputStream archive) {
    var target = workspace.file("layer");
    var converted = convert(archive, target);
    if (converted.tarBytes() == 0) {
      throw new CaissonException(ErrorCode.CORRUPT, "the archive is empty");
    }
    store.layers().hold(converted.diffId(), () -> target);
    held.add(converted.diffId());
    return converted.diffId();
  }

  private ConvertedLayer convert(InputStream archive, Path target) {
    try (var tar = Compression.decompress(archive)) {
      return LayerImage.convert(budget.charge(tar), target);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.CORRUPT, "cannot read the archive: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    store.release(List.copyOf(held));
  }
}
