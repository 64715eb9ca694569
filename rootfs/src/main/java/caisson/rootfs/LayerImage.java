package caisson.rootfs;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.rootfs.erofs.ErofsImage;
import caisson.rootfs.layer.LayerLimits;
import caisson.rootfs.layer.LayerMemory;
import caisson.rootfs.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A layer as a block image. The archive is read once, front to back, and nothing of it is unpacked
 * into the host's file system: file data goes straight to its place in an EROFS image, names and
 * attributes are kept in memory (bounded by {@link LayerLimits}) and written behind the data. The
 * same archive always gives the same image, byte by byte.
 */
public final class LayerImage {
  private static final long HEAP = Runtime.getRuntime().maxMemory();

  /** What a layer may take if it is alone or the first of several. */
  private static final LayerLimits LIMITS = LayerLimits.within(HEAP / 8 * 5);

  private static final LayerMemory MEMORY = new LayerMemory(HEAP / 8);

  private LayerImage() {}

  /**
   * Converts an uncompressed tar archive, reading {@code tar} to its end. Blocks on file I/O, so it
   * belongs on a platform thread; several may convert at once. Up to three quarters of the heap are
   * taken meanwhile, by all together.
   *
   * @param target is created, and durable on return; after a failure it does not exist
   * @throws CaissonException CORRUPT if the archive is damaged or hostile, NO_RESOURCES if the
   *     image cannot be written or the layer has more files than the heap has room for
   */
  public static ConvertedLayer convert(InputStream tar, Path target) {
    var image = ErofsImage.create(target);
    try (image;
        var memory = MEMORY.join();
        var hashed = new HashedInput(tar)) {
      var archive = new TarReader(hashed);
      var diffId = image.write(archive, hashed::digest, LIMITS, memory);
      return new ConvertedLayer(diffId, archive.offset(), image.bytes());
    } catch (RuntimeException | Error e) {
      delete(target, e);
      throw e;
    }
  }

  private static void delete(Path target, Throwable reason) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      reason.addSuppressed(
          new CaissonException(ErrorCode.INTERNAL, "cannot delete " + target + ": " + e, e));
    }
  }
}
