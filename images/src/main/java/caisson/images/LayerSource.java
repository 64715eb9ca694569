package caisson.images;

import java.io.IOException;
import java.io.OutputStream;

/** Whoever has a layer's archive and writes it once. */
@FunctionalInterface
public interface LayerSource {
  /**
   * Writes all of it, uncompressed.
   *
   * @throws IOException if {@code to} takes no more
   */
  void writeTo(OutputStream to) throws IOException;
}
