package caisson.registry;

import java.net.http.HttpTimeoutException;

/** An answer that has begun and does not go on. */
final class StalledException extends HttpTimeoutException {
  private static final long serialVersionUID = 1L;

  StalledException() {
    super("it sends nothing, or too slowly");
  }
}
