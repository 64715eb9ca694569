package caisson.vmm.qemu;

import caisson.base.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an uncompressed kernel's file tells. */
record GuestKernel(Path file) {
  /** The banner that every kernel holds (kernel, init/version.c). */
  private static final Pattern BANNER = Pattern.compile("Linux version ([0-9][!-~]*) ");

  private static final int PIECE = 64 << 10;

  /** What a banner may be cut into by the end of a piece. */
  private static final int OVERLAP = 256;

  Digest digest() throws IOException {
    var state = Digest.sha256();
    try (var in = Files.newInputStream(file)) {
      byte[] piece = new byte[PIECE];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        state.update(piece, 0, count);
      }
    }
    return Digest.finish(state);
  }

  /** Its release, for example 6.1.0; empty if it does not say so. */
  Optional<String> release() throws IOException {
    try (var in = Files.newInputStream(file)) {
      return release(in);
    }
  }

  private static Optional<String> release(InputStream in) throws IOException {
    byte[] window = new byte[OVERLAP + PIECE];
    int kept = 0;
    while (true) {
      int count = in.readNBytes(window, kept, PIECE);
      var banner = BANNER.matcher(new String(window, 0, kept + count, StandardCharsets.ISO_8859_1));
      if (banner.find()) {
        return Optional.of(banner.group(1));
      }
      if (count < PIECE) {
        return Optional.empty();
      }
      System.arraycopy(window, kept + count - OVERLAP, window, 0, OVERLAP);
      kept = OVERLAP;
    }
  }
}
