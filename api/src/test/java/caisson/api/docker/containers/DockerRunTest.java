package caisson.api.docker.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.docker.ApiServer;
import caisson.api.http.RawClient;
import caisson.engine.Output.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code docker run} as Docker's client 28.2 speaks it, byte for byte and in its order. */
@Timeout(20)
final class DockerRunTest {
  private static final String UPGRADE =
      """
      Host: api.moby.localhost
      User-Agent: Docker-Client/28.2.2 (linux)
      Content-Length: 0
      Connection: Upgrade
      Content-Type: text/plain
      Upgrade: tcp

      """;
  private static final String EMPTY =
      """
      Host: api.moby.localhost
      User-Agent: Docker-Client/28.2.2 (linux)
      Content-Length: 0

      """;

  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private static String createBody() {
    try (var in = DockerRunTest.class.getResourceAsStream("/caisson/api/wire/create-28.2.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String create(RawClient client, String body) {
    client.send(
        "POST /v1.50/containers/create HTTP/1.1\nHost: api.moby.localhost\n"
            + "Content-Type: application/json\nContent-Length: "
            + body.length()
            + "\n\n");
    client.sendRaw(body.getBytes(UTF_8));
    assertThat(client.readHead())
        .startsWith("HTTP/1.1 201 Created\n")
        .contains("Content-Type: application/json\n");
    var answer = client.readUntil("}");
    assertThat(answer).matches("\\{\"Id\":\"[0-9a-f]{64}\",\"Warnings\":\\[]}");
    return answer.substring(7, 71);
  }

  @Test
  void showsTheOutputOfAClientThatEndedItsInputBeforeTheStart() {
    server.images.add("bb:latest");
    try (var main = server.connect();
        var attached = server.connect();
        var starter = server.connect()) {
      var id = create(main, createBody());
      attached.send(
          "POST /v1.50/containers/"
              + id
              + "/attach?stderr=1&stdout=1&stream=1 HTTP/1.1\n"
              + UPGRADE);
      assertThat(attached.readHead())
          .startsWith("HTTP/1.1 101 UPGRADED\n")
          .contains("Content-Type: application/vnd.docker.multiplexed-stream\n");
      attached.endInput();
      main.send("POST /v1.50/containers/" + id + "/wait?condition=removed HTTP/1.1\n" + EMPTY);
      assertThat(main.readHead())
          .startsWith("HTTP/1.1 200 OK\n")
          .contains("Transfer-Encoding: chunked\n");
      starter.send("POST /v1.50/containers/" + id + "/start HTTP/1.1\n" + EMPTY);
      assertThat(starter.readHead()).startsWith("HTTP/1.1 204 No Content\n");

      var container = server.engine.containers.only();
      server.engine.containers.process().print(Source.STDOUT, "hi\n");
      server.engine.containers.process().print(Source.STDERR, "e");
      assertThat(attached.readBytes(11)).asString().isEqualTo("\1\0\0\0\0\0\0\3hi\n");
      assertThat(attached.readBytes(9)).asString().isEqualTo("\2\0\0\0\0\0\0\1e");
      server.engine.containers.exit(container.id(), 0);
      assertThat(attached.readAll()).isEmpty();
      assertThat(main.readUntil("0\n\n"))
          .isEqualTo("1e\n{\"Error\":null,\"StatusCode\":0}\n\n0\n\n");
    }
  }

  @Test
  void endsTheProcessesInputWithTheClients() {
    server.images.add("bb:latest");
    var body =
        createBody()
            .replace(
                "\"OpenStdin\":false,\"StdinOnce\":false", "\"OpenStdin\":true,\"StdinOnce\":true");
    try (var main = server.connect();
        var attached = server.connect()) {
      var id = create(main, body);
      attached.send(
          "POST /containers/"
              + id
              + "/attach?stderr=1&stdin=1&stdout=1&stream=1 HTTP/1.1\n"
              + UPGRADE
              + "quiet");
      attached.readHead();
      attached.endInput();
      assertThat(attached.readAll()).isEqualTo("\1\0\0\0\0\0\0\5QUIET");
    }
  }

  @Test
  void letsGoOfATerminalByKeysAndByTheEndOfInput() throws InterruptedException {
    server.images.add("bb:latest");
    var body =
        createBody()
            .replace("\"OpenStdin\":false", "\"OpenStdin\":true")
            .replace("\"Tty\":false", "\"Tty\":true");
    try (var main = server.connect()) {
      var id = create(main, body);
      var path = "POST /containers/" + id + "/attach?stdin=1&stdout=1&stream=1 HTTP/1.1\n";
      try (var typing = server.connect()) {
        typing.send(path + UPGRADE);
        assertThat(typing.readHead()).contains("Content-Type: application/vnd.docker.raw-stream\n");
        server.engine.containers.process().print(Source.STDOUT, "$ ");
        assertThat(typing.readBytes(2)).asString().isEqualTo("$ ");
        typing.send("ls\020\021");
        assertThat(typing.readAll()).isEmpty();
        assertThat(server.engine.containers.process().input()).isEqualTo("ls");
      }
      try (var leaving = server.connect()) {
        leaving.send(path + UPGRADE);
        leaving.readHead();
        leaving.endInput();
        assertThat(leaving.readAll()).isEmpty();
      }
      server.engine.containers.process().letGo.await();
    }
  }

  @Test
  void tellsAStartThatFailsAndAnswersTheWaitForRemoval() {
    server.images.add("bb:latest");
    try (var main = server.connect();
        var starter = server.connect()) {
      var id = create(main, createBody().replace("\"echo\"", "\"nosuch\""));
      main.send("POST /containers/" + id + "/wait?condition=removed HTTP/1.1\n" + EMPTY);
      main.readHead();
      starter.send("POST /containers/" + id + "/start HTTP/1.1\n" + EMPTY);
      assertThat(starter.readHead()).startsWith("HTTP/1.1 400 ");
      assertThat(starter.readUntil("}"))
          .isEqualTo("{\"message\":\"exec nosuch failed: no such file or directory\"}");
      assertThat(main.readUntil("0\n\n")).contains("\"StatusCode\":127");
    }
  }

  @Test
  void answersACreationWithoutItsImageSoThatTheClientPulls() {
    assertThat(server.request("POST", "/v1.50/containers/create", createBody()))
        .startsWith("HTTP/1.1 404 Not Found\n")
        .endsWith("{\"message\":\"No such image: bb\"}");
    assertThat(server.post("/v1.50/images/create?fromImage=docker.io%2Flibrary%2Fbb&tag=latest"))
        .startsWith("HTTP/1.1 200 ")
        .contains("Status: Downloaded newer image for bb:latest");
    assertThat(server.request("POST", "/v1.50/containers/create", createBody()))
        .startsWith("HTTP/1.1 201 ");
  }
}
