package caisson.api.docker.exec;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.docker.ApiServer;
import caisson.api.http.RawClient;
import caisson.engine.ExecId;
import caisson.engine.Output.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ExecEndpointsTest {
  private final ApiServer server = new ApiServer();

  @BeforeEach
  void run() {
    server.images.add("bb:latest");
    server.request(
        "POST",
        "/containers/create?name=c1",
        "{\"Image\":\"bb\",\"User\":\"u\",\"WorkingDir\":\"/w\",\"Env\":[\"A=1\"]}");
    server.post("/containers/c1/start");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String create(String fields) {
    var answer = server.request("POST", "/containers/c1/exec", "{" + fields + "}");
    assertThat(answer).startsWith("HTTP/1.1 201 ");
    return answer.substring(answer.indexOf("{\"Id\":\"") + 7, answer.lastIndexOf('"'));
  }

  /** A request as Docker's client 28.2 sends it. */
  private RawClient start(String id, String body) {
    var client = server.connect();
    client.send(
        "POST /v1.50/exec/%s/start HTTP/1.1\nContent-Length: %d\nConnection: Upgrade\nContent-Type: application/json\nUpgrade: tcp\n\n%s"
            .formatted(id, body.length(), body));
    return client;
  }

  @Test
  void runsInTheContainersOwnSurroundingsUnlessToldOtherwise() {
    var plain = create("\"Cmd\":[\"a\"]");
    var process = server.engine.execs.inspect(new ExecId(plain)).request().process();
    assertThat(process.env()).contains("A=1", "IMAGE=1");
    assertThat(process.cwd()).isEqualTo("/w");
    assertThat(process.user().username()).contains("u");
    assertThat(process.terminal()).isFalse();
    var own =
        create(
            "\"Cmd\":[\"a\"],\"Env\":[\"A=2\"],\"User\":\"v\",\"WorkingDir\":\"/x\",\"Tty\":true,"
                + "\"Privileged\":true,\"ConsoleSize\":[24,80]");
    var changed = server.engine.execs.inspect(new ExecId(own)).request().process();
    assertThat(changed.env()).contains("A=2", "TERM=xterm").doesNotContain("A=1");
    assertThat(changed.cwd()).isEqualTo("/x");
    assertThat(changed.user().username()).contains("v");
    assertThat(changed.consoleSize().orElseThrow().width()).isEqualTo(80);
    assertThat(changed.capabilities().orElseThrow().bounding()).contains("CAP_SYS_ADMIN");
  }

  @Test
  void showsOutputToAClientThatEndedItsInputAndTellsTheExitCode() {
    var id = create("\"Cmd\":[\"sh\",\"-c\",\"x\"],\"AttachStdout\":true,\"AttachStderr\":true");
    try (var client = start(id, "{\"Detach\":false,\"Tty\":false}")) {
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 101 UPGRADED\n")
          .contains("Content-Type: application/vnd.docker.multiplexed-stream\n");
      client.endInput();
      server.engine.execs.process(new ExecId(id)).print(Source.STDOUT, "a\n");
      assertThat(client.readBytes(10)).asString().isEqualTo("\1\0\0\0\0\0\0\2a\n");
      server.engine.execs.exit(new ExecId(id), 3);
      assertThat(client.readAll()).isEmpty();
    }
    assertThat(server.get("/exec/" + id + "/json"))
        .contains(
            "\"ID\":\"" + id + "\",\"Running\":false,\"ExitCode\":3",
            "\"ProcessConfig\":{\"tty\":false,\"entrypoint\":\"sh\",\"arguments\":[\"-c\",\"x\"]");
  }

  @Test
  void endsTheProcessesInputWithTheClients() {
    var id = create("\"Cmd\":[\"sort\"],\"AttachStdin\":true,\"AttachStdout\":true");
    try (var client = start(id, "{}")) {
      client.send("quiet").endInput();
      client.readHead();
      assertThat(client.readAll()).endsWith("QUIET");
    }
  }

  @Test
  void tellsACommandThatIsNotThereAsOutputAndItsExitCode() {
    var id = create("\"Cmd\":[\"nosuch\"],\"AttachStdout\":true");
    try (var client = start(id, "{\"Detach\":false}")) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 UPGRADED\n");
      assertThat(client.readAll()).contains("exec nosuch failed: no such file or directory\r\n");
    }
    assertThat(server.get("/exec/" + id + "/json")).contains("\"ExitCode\":127");
  }

  @Test
  void startsDetachedAndResizes() {
    var id = create("\"Cmd\":[\"a\"],\"Tty\":true");
    assertThat(server.request("POST", "/exec/" + id + "/start", "{\"Detach\":true}"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(server.post("/exec/" + id + "/resize?h=1&w=2")).startsWith("HTTP/1.1 200 ");
    assertThat(server.engine.execs.calls)
        .containsExactly("detached", "resize TerminalSize[rows=1, columns=2]");
  }

  @Test
  void refusesWhatCannotBe() {
    assertThat(server.request("POST", "/containers/c1/exec", "{}")).startsWith("HTTP/1.1 400 ");
    assertThat(
            server.request("POST", "/containers/c1/exec", "{\"Cmd\":[\"a\"],\"WorkingDir\":\"x\"}"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(
            server.request(
                "POST", "/containers/c1/exec", "{\"Cmd\":[\"a\"],\"DetachKeys\":\"ctrl-1\"}"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(server.get("/exec/nosuch/json")).startsWith("HTTP/1.1 404 ");
    assertThat(server.post("/exec/" + "0".repeat(64) + "/start")).startsWith("HTTP/1.1 404 ");
    server.post("/containers/c1/kill");
    assertThat(server.request("POST", "/containers/c1/exec", "{\"Cmd\":[\"a\"]}"))
        .startsWith("HTTP/1.1 409 ");
  }
}
