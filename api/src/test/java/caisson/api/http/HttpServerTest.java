package caisson.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class HttpServerTest {
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final TestServer server =
      new TestServer(
          new Router()
              .on("GET", "/_ping", it -> it.answer(200, "text/plain", "OK".getBytes(UTF_8)))
              .on("HEAD", "/_ping", it -> it.answer(200, "text/plain", "OK".getBytes(UTF_8)))
              .on("POST", "/echo", it -> it.answer(200, "text/plain", it.bodyBytes()))
              .on("POST", "/ignore", it -> it.answer(204))
              .on(
                  "GET",
                  "/images/{name*}/json",
                  it -> it.answer(200, "text/plain", it.path("name").getBytes(UTF_8)))
              .on("GET", "/conflict", _ -> fail(ErrorCode.CONFLICT))
              .on("GET", "/unchanged", _ -> fail(ErrorCode.NOT_MODIFIED))
              .on(
                  "GET",
                  "/bug",
                  _ -> {
                    throw new IllegalStateException("bug");
                  })
              .on("GET", "/stream", HttpServerTest::twoChunks)
              .on("GET", "/silent", this::silentStream)
              .on("POST", "/raw", HttpServerTest::upperCase));

  private static void fail(ErrorCode code) {
    throw new CaissonException(code, "no");
  }

  private static void twoChunks(Exchange exchange) throws java.io.IOException {
    try (var out = exchange.stream("text/plain")) {
      out.write("one".getBytes(UTF_8));
      out.flush();
      out.write("two".getBytes(UTF_8));
    }
  }

  private void silentStream(Exchange exchange) throws java.io.IOException, InterruptedException {
    try (var out = exchange.stream("text/plain");
        var _ = exchange.watchHangup()) {
      out.flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
  }

  /** Answers only once its input has ended, as a program like {@code sort} does. */
  private static void upperCase(Exchange exchange) throws java.io.IOException {
    exchange.bodyBytes();
    var hijack = exchange.hijack("application/vnd.docker.raw-stream");
    var all = new String(hijack.input().readAllBytes(), UTF_8);
    hijack.output().write(all.toUpperCase(java.util.Locale.ROOT).getBytes(UTF_8));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void namesItsApiVersionInEveryResponse() {
    try (var client = server.connect()) {
      client.send("HEAD /_ping HTTP/1.1\nHost: x\n\n");
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 200 OK\n")
          .contains("Api-Version: 1.50\n", "Ostype: linux\n", "Content-Length: 2\n");
      client.send("GET /v1.44/nothing HTTP/1.1\nHost: x\n\n");
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 404 Not Found\n")
          .contains("Api-Version: 1.50\n", "Content-Type: application/json\n");
      assertThat(client.readUntil("}")).isEqualTo("{\"message\":\"page not found\"}");
    }
  }

  @Test
  void keepsTheConnectionAndServesRequestsThatWereSentTogether() {
    try (var client = server.connect()) {
      client.send("POST /echo HTTP/1.1\nContent-Length: 2\n\nabPOST /v1.30/echo HTTP/1.1\n");
      client.send("Transfer-Encoding: chunked\n\n3\nxyz\n0\n\n");
      client.readHead();
      assertThat(client.readBytes(2)).asString().isEqualTo("ab");
      client.readHead();
      assertThat(client.readBytes(3)).asString().isEqualTo("xyz");
      client.send("POST /ignore HTTP/1.1\nContent-Length: 4\n\nleft");
      assertThat(client.readHead()).startsWith("HTTP/1.1 204");
      client.send("GET /_ping HTTP/1.1\nConnection: close\n\n");
      assertThat(client.readAll()).endsWith("OK");
    }
  }

  /** Closing with something unread resets the connection, and with it goes the answer. */
  @Test
  void readsWhatNobodyWantedBeforeItCloses() {
    for (int i = 0; i < 50; i++) {
      try (var client = server.connect()) {
        client.send("POST /nowhere HTTP/1.1\nConnection: close\nContent-Length: 600000\n\n");
        client.sendRaw(new byte[600_000]);
        assertThat(client.readAll()).endsWith("{\"message\":\"page not found\"}");
      }
    }
  }

  @Test
  void asksForABodyWhoseClientWaitsToBeAsked() {
    try (var client = server.connect()) {
      client.send("POST /echo HTTP/1.1\nContent-Length: 2\nExpect: 100-continue\n\n");
      assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\n\n");
      client.send("ab");
      assertThat(client.readHead()).startsWith("HTTP/1.1 200");
      assertThat(client.readBytes(2)).asString().isEqualTo("ab");
    }
  }

  @Test
  void takesSlashesInNamesPlainAndEncoded() {
    try (var client = server.connect()) {
      client.send("GET /v1.44/images/localhost:5000%2Fa%2Fb:1/json HTTP/1.1\n\n");
      client.readHead();
      assertThat(client.readUntil(":1")).isEqualTo("localhost:5000/a/b:1");
      client.send("GET /images/a/b+c/json HTTP/1.1\n\n");
      client.readHead();
      assertThat(client.readUntil("c")).isEqualTo("a/b+c");
    }
  }

  @Test
  void mapsErrorsToStatusAndMessage() {
    try (var client = server.connect()) {
      client.send("GET /conflict HTTP/1.1\n\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 409 Conflict\n");
      assertThat(client.readUntil("}")).isEqualTo("{\"message\":\"no\"}");
      client.send("GET /unchanged HTTP/1.1\n\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 304 ").doesNotContain("Content-Length");
      client.send("GET /bug HTTP/1.1\n\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 500 ");
      client.readUntil("}");
      client.send("GET /v1.23/_ping HTTP/1.1\n\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
      assertThat(client.readUntil("}")).contains("client version 1.23 is too old");
      client.send("GET /v1.99/_ping HTTP/1.1\n\n");
      client.readHead();
      assertThat(client.readUntil("}")).contains("client version 1.99 is too new");
    }
  }

  @Test
  void refusesWhatIsNotHttpAndHeadersWithoutEnd() {
    try (var client = server.connect()) {
      client.send("nonsense\n\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 400 ");
    }
    try (var client = server.connect()) {
      client.send("GET /" + "x".repeat(40_000) + " HTTP/1.1\n\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 400 ");
    }
    try (var client = server.connect()) {
      client.send("POST /echo HTTP/1.1\nContent-Length: 5000000\n\n" + "x".repeat(5_000_000));
      assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void sendsTheHeadersOfAStreamBeforeItsBodyExists() {
    try (var client = server.connect()) {
      client.send("GET /stream HTTP/1.1\n\n");
      assertThat(client.readHead()).contains("Transfer-Encoding: chunked\n");
      assertThat(client.readUntil("0\n\n")).isEqualTo("3\none\n3\ntwo\n0\n\n");
    }
    try (var client = server.connect()) {
      client.send("GET /stream HTTP/1.0\n\n");
      assertThat(client.readAll()).endsWith("\r\n\r\nonetwo").doesNotContain("chunked");
    }
  }

  @Test
  void endsASilentStreamWhoseClientHangsUp() throws InterruptedException {
    try (var client = server.connect()) {
      client.send("GET /silent HTTP/1.1\n\n");
      client.readHead();
    }
    interrupted.await();
  }

  @Test
  void endsASilentStreamWhoseClientHangsUpBehindTheNextRequest() throws InterruptedException {
    try (var client = server.connect()) {
      client.send("GET /silent HTTP/1.1\n\nGET /_ping HTTP/1.1\n\n");
      client.readHead();
    }
    interrupted.await();
  }

  @Test
  void endsASilentStreamWhoseClientHangsUpBehindManyRequests() throws InterruptedException {
    try (var client = server.connect()) {
      client.send("GET /silent HTTP/1.1\n\n" + "GET /_ping HTTP/1.1\n\n".repeat(1000));
      client.readHead();
    }
    interrupted.await();
  }

  @Test
  void endsASilentStreamWhoseClientSendsWithoutEnd() throws InterruptedException {
    try (var client = server.connect()) {
      client.send("GET /silent HTTP/1.1\n\n" + "GET /_ping HTTP/1.1\n\n".repeat(4000));
      interrupted.await();
    }
  }

  @Test
  void stillAnswersAHijackedClientThatHasEndedItsInput() {
    try (var client = server.connect()) {
      client.send("POST /raw HTTP/1.1\nConnection: Upgrade\nUpgrade: tcp\nContent-Length: 0\n\n");
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 101 UPGRADED\n")
          .contains(
              "Content-Type: application/vnd.docker.raw-stream\n",
              "Connection: Upgrade\n",
              "Upgrade: tcp\n");
      client.send("quiet").endInput();
      assertThat(client.readAll()).isEqualTo("QUIET");
    }
  }

  @Test
  void hijacksWithoutUpgradeAndWithInputSentTooEarly() {
    try (var client = server.connect()) {
      client.send("POST /raw HTTP/1.1\nContent-Length: 2\n\n{}early").endInput();
      assertThat(client.readAll())
          .startsWith("HTTP/1.1 200 OK\r\n")
          .doesNotContain("Content-Length", "chunked")
          .endsWith("\r\n\r\nEARLY");
    }
  }

  @Test
  void letsARequestOnItsWayEndWhenItDrains() throws InterruptedException {
    try (var idle = server.connect();
        var busy = server.connect()) {
      idle.send("GET /_ping HTTP/1.1\n\n");
      idle.readHead();
      idle.readBytes(2);
      busy.send("POST /echo HTTP/1.1\nContent-Length: 2\nExpect: 100-continue\n\n");
      busy.readHead();
      var drain =
          Thread.startVirtualThread(() -> {
            try {
              server.http().drain(java.time.Duration.ofSeconds(20));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      assertThat(idle.readAll()).isEmpty();
      busy.send("ab");
      assertThat(busy.readAll()).endsWith("ab");
      drain.join();
    }
  }
}
