package caisson.cli.client;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** A successful answer whose body is read as it comes. */
public final class Response implements AutoCloseable {
  private final Connection connection;
  private final ClassicHttpResponse head;
  private final InputStream body;

  Response(Connection connection, ClassicHttpResponse head, InputStream body) {
    this.connection = connection;
    this.head = head;
    this.body = body;
  }

  /** The value of a header; empty if it is not there. */
  public String header(String name) {
    var header = head.getFirstHeader(name);
    return header == null ? "" : header.getValue();
  }

  public InputStream body() {
    return body;
  }

  byte[] bytes() throws IOException {
    return body.readAllBytes();
  }

  /** Lets the daemon know that nobody waits for the rest; a thread that reads it is interrupted. */
  @Override
  public void close() {
    connection.close();
  }
}
