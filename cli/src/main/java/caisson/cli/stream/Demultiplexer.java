package caisson.cli.stream;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.console.Output;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Takes apart the stream in which a process's two outputs come together: frames of a type, three
 * zero bytes, a length of four bytes (big-endian) and so many bytes of payload (Docker Engine API,
 * "Stream format").
 */
public final class Demultiplexer {
  private static final int HEADER = 8;

  /** Holds some frames, so that where there is much output one read takes several. */
  private static final int BUFFER = 64 * 1024;

  private static final int LONGEST_MESSAGE = 4096;
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int SYSTEM_ERROR = 3;

  private final InputStream frames;
  private final Output out;
  private final Output err;
  private final byte[] buffer = new byte[BUFFER];

  public Demultiplexer(InputStream frames, Output out, Output err) {
    this.frames = new BufferedInputStream(frames, BUFFER);
    this.out = out;
    this.err = err;
  }

  /**
   * Copies everything up to the end.
   *
   * @throws EOFException if the stream ends within a frame
   * @throws CaissonException if the daemon reports an error in the stream, or it is no such stream
   */
  public void copyAll() throws IOException {
    byte[] header = new byte[HEADER];
    for (int n = read(header); n > 0; n = read(header)) {
      if (n < HEADER) {
        throw new EOFException("the stream ended within a frame");
      }
      copyFrame(header[0], Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(4)));
    }
  }

  private int read(byte[] target) throws IOException {
    return frames.readNBytes(target, 0, target.length);
  }

  private void copyFrame(int type, long length) throws IOException {
    switch (type) {
      case STDIN, STDOUT -> copy(length, out);
      case STDERR -> copy(length, err);
      case SYSTEM_ERROR ->
          throw new CaissonException(
              ErrorCode.INTERNAL,
              "error from daemon in stream: "
                  + new String(
                      frames.readNBytes((int) Math.min(length, LONGEST_MESSAGE)),
                      StandardCharsets.UTF_8));
      default ->
          throw new CaissonException(
              ErrorCode.CORRUPT, "unrecognized stream type in a frame's header: " + type);
    }
  }

  private void copy(long length, Output target) throws IOException {
    long rest = length;
    while (rest > 0) {
      int count = frames.read(buffer, 0, (int) Math.min(rest, buffer.length));
      if (count < 0) {
        throw new EOFException("the stream ended within a frame");
      }
      target.write(buffer, 0, count);
      rest -= count;
    }
  }
}
