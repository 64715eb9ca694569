package caisson.cli.stream;

import caisson.cli.console.Output;
import java.io.IOException;
import java.io.InputStream;

/** Shows a stream as it is, each part as soon as it is there. */
public final class RawCopy {
  private static final int BUFFER = 32 * 1024;

  private final InputStream from;
  private final Output to;

  public RawCopy(InputStream from, Output to) {
    this.from = from;
    this.to = to;
  }

  /** Copies everything up to the end. */
  public void copyAll() throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      to.write(buffer, 0, n);
    }
  }
}
