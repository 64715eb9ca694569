package caisson.api.docker;

import caisson.api.http.ApiVersion;
import caisson.engine.Output;
import java.nio.ByteBuffer;

/** How a process's output is written to a client. */
public enum OutputFormat {
  /** As it comes: a terminal has one stream. */
  RAW,
  /** Each piece behind a header of eight bytes: the stream, three zeros, the length. */
  FRAMES;

  private static final int HEADER = 8;
  private static final String RAW_TYPE = "application/vnd.docker.raw-stream";
  private static final String FRAMES_TYPE = "application/vnd.docker.multiplexed-stream";

  /** The format of a process with or without a terminal. */
  public static OutputFormat of(boolean terminal) {
    return terminal ? RAW : FRAMES;
  }

  /** The content type; before 1.42 clients were told nothing of frames. */
  public String contentType(ApiVersion version) {
    return this == FRAMES && version.atLeast(1, 42) ? FRAMES_TYPE : RAW_TYPE;
  }

  /** One piece of output as the client gets it. */
  public byte[] encode(Output.Source source, byte[] bytes) {
    return switch (this) {
      case RAW -> bytes;
      case FRAMES ->
          ByteBuffer.allocate(HEADER + bytes.length)
              .put((byte) (source.index() + 1))
              .position(HEADER - Integer.BYTES)
              .putInt(bytes.length)
              .put(bytes)
              .array();
    };
  }
}
