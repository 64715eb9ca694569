package caisson.api.docker;

import caisson.api.http.Exchange;
import caisson.api.wire.WireJson;
import java.io.IOException;

/** Documents in and out. */
public final class JsonAnswer {
  private static final byte[] NO_FIELDS = {'{', '}'};

  private JsonAnswer() {}

  /** Answers with a document. */
  public static void send(Exchange exchange, int status, Object document) throws IOException {
    exchange.answer(status, Exchange.JSON, WireJson.write(document));
  }

  /** Reads the request's document; no body at all is one without fields. */
  public static <T> T body(Exchange exchange, Class<T> type) throws IOException {
    byte[] bytes = exchange.bodyBytes();
    return WireJson.read(bytes.length == 0 ? NO_FIELDS : bytes, type);
  }
}
