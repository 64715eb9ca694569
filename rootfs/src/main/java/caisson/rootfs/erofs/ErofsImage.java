package caisson.rootfs.erofs;

import caisson.base.Digest;
import caisson.rootfs.layer.LayerLimits;
import caisson.rootfs.layer.LayerMemory;
import caisson.rootfs.layer.LayerReader;
import caisson.rootfs.tar.TarReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;

/** An EROFS image that is being made from one layer's archive. */
public final class ErofsImage implements AutoCloseable {
  private final ImageFile file;

  private ErofsImage(ImageFile file) {
    this.file = file;
  }

  /** Creates {@code target}, which must not exist. */
  public static ErofsImage create(Path target) {
    return new ErofsImage(ImageFile.create(target));
  }

  /**
   * Writes the whole layer, durably.
   *
   * @param archive is read to its end
   * @param digest of the archive, asked for when all of it has been read
   */
  public Digest write(
      TarReader archive, Supplier<Digest> digest, LayerLimits limits, LayerMemory.Share memory) {
    file.moveTo(ImageFile.BLOCK);
    var root = new LayerReader(archive, new ImageData(file), limits, memory).read();
    archive.drain();
    var diffId = digest.get();
    new MetadataWriter(file, root, DataVolumes.SELF).write(uuid(diffId), 0);
    file.sync();
    return diffId;
  }

  /** The length of the image. */
  public long bytes() {
    return file.position();
  }

  /** A UUID of version 8 (RFC 9562: bits of one's own) from the front of the digest. */
  private static UUID uuid(Digest digest) {
    var bits = ByteBuffer.wrap(HexFormat.of().parseHex(digest.hex()));
    return new UUID(
        (bits.getLong() & ~0xf000L) | 0x8000L, (bits.getLong() & ~(3L << 62)) | (1L << 63));
  }

  @Override
  public void close() {
    file.close();
  }
}
