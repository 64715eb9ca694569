package caisson.api.docker;

import caisson.api.http.Exchange;
import caisson.api.wire.WireJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * An answer of one document a line, each sent at once. The answer begins with the first line, so
 * that what fails before can still have a status of its own.
 */
public final class JsonLines implements AutoCloseable {
  private final Exchange exchange;
  private Optional<OutputStream> out = Optional.empty();

  public JsonLines(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Sends the headers, unless they are sent already. */
  public void begin() throws IOException {
    stream();
  }

  /** Whether an error can only be told in a line. */
  public boolean begun() {
    return out.isPresent();
  }

  public void write(Object document) throws IOException {
    var stream = stream();
    stream.write(WireJson.write(document));
    stream.write('\n');
    stream.flush();
  }

  private OutputStream stream() throws IOException {
    if (out.isEmpty()) {
      out = Optional.of(exchange.stream(Exchange.JSON));
    }
    return out.get();
  }

  @Override
  public void close() throws IOException {
    if (out.isPresent()) {
      out.get().close();
    }
  }
}
