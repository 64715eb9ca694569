package caisson.images;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** How a stream may be compressed, known by its first bytes. */
enum Compression {
  NONE(""),
  /** RFC 1952. */
  GZIP("1f8b"),
  /** RFC 8878. */
  ZSTD("28b52ffd"),
  BZIP2("425a68"),
  XZ("fd377a585a00");

  private static final int LONGEST = 6;
  private static final int BUFFER = 1 << 16;

  /** Larger zstd windows are refused: the reader has to keep a window in memory (128 MiB). */
  private static final int MAX_WINDOW_LOG = 27;

  private final String magic;

  Compression(String magic) {
    this.magic = magic;
  }

  /**
   * What {@code source} holds, without its compression; closing it closes {@code source}.
   *
   * @throws CaissonException UNSUPPORTED if it is compressed in a way that is not read here
   * @throws IOException if it cannot be read or its first bytes are damaged
   */
  static InputStream decompress(InputStream source) throws IOException {
    var buffered = new BufferedInputStream(source, BUFFER);
    buffered.mark(LONGEST);
    var compression = of(buffered.readNBytes(LONGEST));
    buffered.reset();
    return switch (compression) {
      case NONE -> buffered;
      case GZIP -> new GZIPInputStream(buffered, BUFFER);
      case ZSTD -> new ZstdInputStreamNoFinalizer(buffered).setLongMax(MAX_WINDOW_LOG);
      case BZIP2, XZ ->
          throw new CaissonException(
              ErrorCode.UNSUPPORTED,
              "the archive is compressed with "
                  + compression.name().toLowerCase(Locale.ROOT)
                  + ", which is not read: decompress it first, or use gzip or zstd");
    };
  }

  private static Compression of(byte[] start) {
    String hex = HexFormat.of().formatHex(start);
    for (var compression : values()) {
      if (compression != NONE && hex.startsWith(compression.magic)) {
        return compression;
      }
    }
    return NONE;
  }
}
