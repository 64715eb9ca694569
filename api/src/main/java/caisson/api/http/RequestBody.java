package caisson.api.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/** A request's body. A client that waits for {@code 100 Continue} gets it at the first read. */
final class RequestBody extends InputStream {
  /**
   * What is left of a body that nobody read is thrown away up to here, to keep the connection and
   * to let a client that is still sending read its answer.
   */
  private static final int DRAIN = 1 << 20;

  private final Wire wire;
  private final InputStream content;
  private boolean clientWaits;
  private boolean ended;

  private RequestBody(Wire wire, InputStream content, boolean clientWaits) {
    this.wire = wire;
    this.content = content;
    this.clientWaits = clientWaits;
  }

  static RequestBody of(ClassicHttpRequest request, Wire wire) {
    boolean waits = is(request.getFirstHeader(HttpHeaders.EXPECT), "100-continue");
    var encoding = request.getFirstHeader(HttpHeaders.TRANSFER_ENCODING);
    var length = request.getFirstHeader(HttpHeaders.CONTENT_LENGTH);
    if (encoding != null) {
      if (!is(encoding, "chunked") || length != null) {
        throw BadRequest.of("unsupported transfer encoding \"" + encoding.getValue() + "\"");
      }
      return new RequestBody(wire, wire.chunkedBody(), waits);
    }
    return length == null
        ? new RequestBody(wire, InputStream.nullInputStream(), false)
        : new RequestBody(wire, wire.body(parseLength(length.getValue())), waits);
  }

  private static boolean is(Header header, String value) {
    return header != null && header.getValue().equalsIgnoreCase(value);
  }

  private static long parseLength(String text) {
    try {
      long length = Long.parseLong(text);
      if (length >= 0) {
        return length;
      }
    } catch (NumberFormatException e) {
      // reported below, like a negative length
    }
    throw BadRequest.of("invalid Content-Length \"" + text + "\"");
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (clientWaits) {
      clientWaits = false;
      wire.continueRequest();
    }
    int count = content.read(target, offset, length);
    ended = ended || count < 0;
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Whether the connection stands at the beginning of the next request, or could be led there. */
  boolean drained() throws IOException {
    if (clientWaits) {
      return false;
    }
    byte[] waste = new byte[8192];
    for (int total = 0; !ended && total < DRAIN; ) {
      total += Math.max(read(waste, 0, waste.length), 0);
    }
    return ended;
  }
}
