package caisson.vmm.qmp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON objects, one a line, to and from a channel whose other end is not trusted. */
final class JsonLines {
  /** Far above the longest answer to what is asked: that of query-block for a hundred disks. */
  static final int MAX_LINE = 1 << 20;

  static final int MAX_NESTING = 64;

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).maxNumberLength(64).build();

  private static final ObjectMapper MAPPER =
      new ObjectMapper(JsonFactory.builder().streamReadConstraints(BOUNDS).build());

  private final ReadableByteChannel from;
  private final ByteBuffer buffer = ByteBuffer.allocate(4096).flip();

  JsonLines(ReadableByteChannel from) {
    this.from = from;
  }

  /** An object to be sent. */
  static byte[] line(Map<String, ?> object) throws IOException {
    return (MAPPER.writeValueAsString(object) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The next object.
   *
   * @throws IOException if the channel ends or what comes is no JSON object within the bounds
   */
  JsonNode next() throws IOException {
    var object = MAPPER.readTree(line());
    if (!object.isObject()) {
      throw new IOException("a line is no JSON object");
    }
    return object;
  }

  private byte[] line() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      if (!buffer.hasRemaining()) {
        fill();
      }
      byte next = buffer.get();
      if (next == '\n') {
        return line.toByteArray();
      }
      if (line.size() == MAX_LINE) {
        throw new IOException("a line is longer than " + MAX_LINE + " bytes");
      }
      line.write(next);
    }
  }

  private void fill() throws IOException {
    buffer.clear();
    int count = from.read(buffer);
    buffer.flip();
    if (count < 0) {
      throw new EOFException("the connection was closed");
    }
  }
}
