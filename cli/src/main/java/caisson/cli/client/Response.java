package caisson.cli.client;

import java.io.IOException;
import java.io.InputStream;

/** A successful answer whose body is read as it comes. */
public final class Response implements AutoCloseable {
  private final Connection connection;
  private final InputStream body;

  Response(Connection connection, InputStream body) {
    this.connection = connection;
    this.body = body;
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
