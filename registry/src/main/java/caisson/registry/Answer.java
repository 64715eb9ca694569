package caisson.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** What a server says; closing it lets go of the connection. */
record Answer(URI uri, int status, HttpHeaders headers, InputStream body) implements AutoCloseable {
  /** RFC 6585, section 4. */
  static final int TOO_MANY_REQUESTS = 429;

  private static final int FIRST_ERROR_OF_SERVER = 500;

  boolean ok() {
    return status == HttpURLConnection.HTTP_OK || status == HttpURLConnection.HTTP_PARTIAL;
  }

  boolean unauthorized() {
    return status == HttpURLConnection.HTTP_UNAUTHORIZED;
  }

  /** Whether the same request may succeed later. */
  boolean busy() {
    return status >= FIRST_ERROR_OF_SERVER
        || status == TOO_MANY_REQUESTS
        || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT;
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /**
   * The whole body.
   *
   * @throws IOException if it is longer than {@code limit} bytes
   */
  byte[] bytes(int limit) throws IOException {
    byte[] bytes = body.readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw new UnacceptableException("its answer is longer than " + limit + " bytes");
    }
    return bytes;
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      // Whatever was to be read has been, or its failure has been reported.
    }
  }
}
