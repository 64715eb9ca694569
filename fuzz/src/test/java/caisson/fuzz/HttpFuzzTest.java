package caisson.fuzz;

import static caisson.fuzz.Refusals.demand;

import caisson.api.docker.ApiServer;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.UncheckedIOException;

/** What a client sends to the daemon's socket: an answer, or the end of its connection. */
final class HttpFuzzTest {
  /**
   * What the server takes in at once: more behind a request that waits is read after its answer.
   */
  private static final int MOST = 2048;

  @FuzzTest
  void requests(byte[] bytes) {
    if (bytes.length > MOST) {
      return;
    }
    try (var server = new ApiServer()) {
      server.images.add("bb:latest");
      try (var client = server.connect()) {
        client.sendRaw(bytes).endInput();
        var answer = client.readAll();
        demand(answer.isEmpty() || answer.startsWith("HTTP/1.1 "), "an answer is no HTTP");
        // What a client has said is repeated in answers, but a quotation mark of its own escaped.
        demand(!answer.contains(":\"internal error"), answer);
      } catch (UncheckedIOException e) {
        // The server has closed the connection before it read all.
      }
      demand(server.get("/_ping").endsWith("OK"), "others are not served any more");
    }
  }
}
