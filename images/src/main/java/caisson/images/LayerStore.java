package caisson.images;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import caisson.linux.SparseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The block images of layers, each in one file named by its diff id and never changed. A request
 * that needs a layer holds it, and a layer that anybody holds is not deleted; so two requests can
 * bring the same layer, and a third can remove the last image that has it, all at once.
 */
final class LayerStore {
  private static final String SUFFIX = ".erofs";

  private final Path directory;

  /** Guarded by this; the value is taken while a layer is being made, so that it is made once. */
  private final Map<Digest, Holders> held = new HashMap<>();

  private static final class Holders {
    private final ReentrantLock making = new ReentrantLock();
    private int count;
  }

  LayerStore(Path directory) {
    this.directory = directory;
  }

  /** Where the layer is or would be. */
  Path path(Digest diffId) {
    return directory.resolve(diffId.hex() + SUFFIX);
  }

  /** Makes a layer's image: the file that it returns has all of it, durably. */
  @FunctionalInterface
  interface Maker {
    Path make();
  }

  /**
   * Holds a layer, which is made if it is not there; {@link #release} ends that.
   *
   * @return whether it had to be made
   */
  boolean hold(Digest diffId, Maker maker) {
    var holders = join(diffId);
    await(holders, diffId);
    try {
      boolean missing = !Files.exists(path(diffId));
      if (missing) {
        DurableFiles.move(maker.make(), path(diffId));
      }
      return missing;
    } catch (IOException e) {
      release(diffId);
      throw failed("store the layer " + diffId, e);
    } catch (RuntimeException | Error e) {
      release(diffId);
      throw e;
    } finally {
      holders.making.unlock();
    }
  }

  /** Waits while another request makes the layer. */
  private void await(Holders holders, Digest diffId) {
    try {
      holders.making.lockInterruptibly();
    } catch (InterruptedException e) {
      release(diffId);
      Thread.currentThread().interrupt();
      throw new CaissonException(
          ErrorCode.UNAVAILABLE, "broken off while the layer " + diffId + " was awaited", e);
    }
  }

  private synchronized Holders join(Digest diffId) {
    var holders = held.computeIfAbsent(diffId, id -> new Holders());
    holders.count++;
    return holders;
  }

  synchronized void release(Digest diffId) {
    held.computeIfPresent(diffId, (id, holders) -> --holders.count == 0 ? null : holders);
  }

  /** Deletes a layer that no image has, unless a request holds it. */
  synchronized void delete(Digest diffId) {
    if (held.containsKey(diffId)) {
      return;
    }
    try {
      Files.deleteIfExists(path(diffId));
    } catch (IOException e) {
      throw failed("delete the layer " + diffId, e);
    }
  }

  /** What the layer takes on the disk, without the holes in its file. */
  ByteSize size(Digest diffId) {
    try {
      long bytes = 0;
      for (var extent : SparseFile.extents(path(diffId))) {
        bytes += extent.length();
      }
      return new ByteSize(bytes);
    } catch (IOException e) {
      throw failed("measure the layer " + diffId, e);
    }
  }

  /** Deletes every file that is none of {@code layers}. */
  void sweep(Set<Digest> layers) throws IOException {
    Sweep.keeping(directory, layers, SUFFIX);
  }

  private CaissonException failed(String what, IOException e) {
    return new CaissonException(
        ErrorCode.NO_RESOURCES, "cannot " + what + " in " + directory + ": " + e, e);
  }
}
