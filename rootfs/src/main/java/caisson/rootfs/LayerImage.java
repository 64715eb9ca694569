package caisson.rootfs;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.rootfs.erofs.ErofsImage;
import caisson.rootfs.layer.LayerLimits;
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
  private LayerImage() {}

  /**
   * Converts an uncompressed tar archive, reading {@code tar} to its end. Blocks on file I/O, so it
   * belongs on a platform thread.
   *
   * @param target is created, and durable on return; after a failure it does not exist
   * @throws CaissonException CORRUPT if the archive is damaged or hostile, NO_RESOURCES if the
   *     image cannot be written
   */
  public static ConvertedLayer convert(InputStream tar, Path target) {
    var archive = new TarReader(tar);
    var image = ErofsImage.create(target);
    try (image) {
      var diffId = image.write(archive, LayerLimits.DEFAULT);
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
