package caisson.api.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a client sends, it gets an answer or its connection ends, and others are served. */
final class GarbageTest {
  private static final ApiServer SERVER = new ApiServer();

  @BeforeContainer
  static void start() {
    SERVER.images.add("bb:latest");
  }

  @AfterContainer
  static void stop() {
    SERVER.close();
  }

  @Property(tries = 200)
  void survivesBytes(@ForAll @Size(max = 400) byte[] bytes) {
    send(bytes);
  }

  @Property(tries = 300)
  void survivesRequestsThatAreAlmostRight(@ForAll("requests") String request) {
    send(request.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static void send(byte[] bytes) {
    try (var client = SERVER.connect()) {
      client.sendRaw(bytes).endInput();
      var answer = client.readAll();
      assertThat(answer).matches(it -> it.isEmpty() || it.startsWith("HTTP/1.1 "));
      assertThat(answer).doesNotContain("internal error");
    } catch (UncheckedIOException e) {
      // The server has closed the connection before it read all.
    }
    assertThat(SERVER.get("/_ping")).endsWith("OK");
  }

  @Provide
  Arbitrary<String> requests() {
    var methods = Arbitraries.of("GET", "POST", "DELETE", "HEAD", "PUT");
    var paths =
        Arbitraries.of(
            "/containers/json",
            "/containers/create",
            "/containers/x/json",
            "/containers/x/attach",
            "/containers/x/logs",
            "/containers/x/wait",
            "/exec/x/start",
            "/images/json",
            "/images/load",
            "/images/bb/json",
            "/images/bb/tag",
            "/images/create",
            "/version",
            "/v1.44/info");
    var names =
        Arbitraries.of(
            "all", "limit", "filters", "tail", "since", "t", "h", "condition", "fromSrc");
    var values =
        Arbitraries.oneOf(
            Arbitraries.of("1", "-1", "{}", "%7B%22a%22%3A1%7D", "%", "-", "99999999999", "null"),
            Arbitraries.strings().ascii().excludeChars(' ', '\r', '\n').ofMaxLength(12));
    var bodies =
        Arbitraries.oneOf(
            Arbitraries.of(
                "",
                "{",
                "null",
                "[]",
                "{\"Image\":\"bb\"}",
                "{\"Image\":[]}",
                "{\"Image\":\"bb\",\"HostConfig\":{\"Memory\":\"x\"}}",
                "{\"Image\":\"bb\",\"HostConfig\":[]}",
                "{\"Image\":\"bb\",\"Labels\":{\"a\":{}}}",
                "{\"Image\":\"bb\",\"HostConfig\":{\"Ulimits\":[null]}}",
                "{\"Image\":\"bb\",\"HostConfig\":{\"ConsoleSize\":[null,1]}}",
                "{\"Image\":\"bb\",\"Env\":[null]}",
                "{\"Image\":\"bb\",\"HostConfig\":{\"Tmpfs\":{\"/a\":null}}}"),
            Arbitraries.strings().ofMaxLength(40));
    return Combinators.combine(methods, paths, names, values, bodies)
        .as((method, path, name, value, body) ->
            "%s %s?%s=%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(
                    method,
                    path,
                    name,
                    value,
                    body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length,
                    body));
  }
}
