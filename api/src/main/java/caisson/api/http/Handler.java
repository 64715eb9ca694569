package caisson.api.http;

import java.io.IOException;

/** Answers one request, blocking, on a virtual thread of its own. */
@FunctionalInterface
public interface Handler {
  /**
   * Reads the request and answers it exactly once.
   *
   * @throws InterruptedException when the client has gone away while a {@link HangupWatch} was open
   */
  void handle(Exchange exchange) throws IOException, InterruptedException;
}
