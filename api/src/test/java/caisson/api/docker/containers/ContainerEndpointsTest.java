package caisson.api.docker.containers;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.docker.ApiServer;
import caisson.api.docker.FakeContainers;
import caisson.engine.ContainerState;
import caisson.engine.LogQuery;
import caisson.engine.LogReader;
import caisson.engine.NetworkMode;
import caisson.engine.Output.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class ContainerEndpointsTest {
  private final ApiServer server = new ApiServer();
  private final FakeContainers containers = server.engine.containers;

  @BeforeEach
  void create() {
    server.images.add("bb:latest");
    assertThat(
            server.request(
                "POST",
                "/containers/create?name=/c1",
                "{\"Image\":\"bb\",\"Cmd\":[\"echo\",\"a b\"],\"Labels\":{\"k\":\"v\"}}"))
        .startsWith("HTTP/1.1 201 ");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void run() {
    assertThat(server.post("/containers/c1/start")).startsWith("HTTP/1.1 204 ");
  }

  @Test
  void keepsWhatWasAskedForAndWhatTheImageSays() {
    var request = containers.only().request();
    assertThat(request.name()).contains("c1");
    assertThat(request.labels()).containsEntry("k", "v").containsEntry("from", "image");
    assertThat(request.sandbox().imageName()).isEqualTo("bb");
    assertThat(request.sandbox().network()).isEqualTo(NetworkMode.BRIDGE);
    assertThat(request.spec().hostname()).contains(containers.only().id().abbreviated());
    assertThat(server.get("/containers/c1/json"))
        .contains(
            "\"Name\":\"/c1\"",
            "\"Path\":\"echo\",\"Args\":[\"a b\"]",
            "\"Status\":\"created\"",
            "\"StartedAt\":\"0001-01-01T00:00:00Z\"",
            "\"Env\":[\"IMAGE=1\"]",
            "\"ExecIDs\":null",
            "\"Hostname\":\"" + containers.only().id().abbreviated() + "\"");
  }

  @Test
  void refusesWhatIsNotACreation() {
    assertThat(server.request("POST", "/containers/create?name=c1", "{\"Image\":\"bb\"}"))
        .startsWith("HTTP/1.1 409 ");
    assertThat(server.request("POST", "/containers/create", "{}")).startsWith("HTTP/1.1 400 ");
    assertThat(server.request("POST", "/containers/create", "not json"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(
            server.request(
                "POST",
                "/containers/create",
                "{\"Image\":\"bb\",\"HostConfig\":{\"PidMode\":\"host\"}}"))
        .startsWith("HTTP/1.1 501 ")
        .contains("HostConfig.PidMode is not supported yet");
    assertThat(
            server.request("POST", "/containers/create?platform=linux/arm64", "{\"Image\":\"bb\"}"))
        .startsWith("HTTP/1.1 404 ")
        .contains(
            "image with reference bb was found but its platform (linux/amd64) does not match the specified platform (linux/arm64)");
    assertThat(server.request("POST", "/containers/create?platform=none", "{\"Image\":\"bb\"}"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(
            server.request(
                "POST", "/containers/create?platform=linux/x86_64", "{\"Image\":\"bb\"}"))
        .startsWith("HTTP/1.1 201 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Labels\":{\"a\":null}",
        "\"Labels\":{\"a\":{}}",
        "\"Env\":[null]",
        "\"Cmd\":[null]",
        "\"HostConfig\":[]",
        "\"HostConfig\":{\"Memory\":\"x\"}",
        "\"HostConfig\":{\"Memory\":1e300}",
        "\"HostConfig\":{\"Ulimits\":[null]}",
        "\"HostConfig\":{\"Ulimits\":[{}]}",
        "\"HostConfig\":{\"ConsoleSize\":[null,1]}",
        "\"HostConfig\":{\"Tmpfs\":{\"/a\":null}}",
        "\"HostConfig\":{\"Sysctls\":{\"a\":null}}",
        "\"HostConfig\":{\"CapAdd\":[null]}",
        "\"HostConfig\":{\"MaskedPaths\":[null]}",
        "\"HostConfig\":{\"LogConfig\":{\"Config\":{\"max-size\":null}}}",
        "\"HostConfig\":{\"StorageOpt\":{\"size\":null}}",
        "\"HostConfig\":{\"RestartPolicy\":{\"Name\":null}}",
        "\"StopSignal\":\"\",\"StopTimeout\":null",
        "\"StopSignal\":\"NOPE\"",
        "\"ExposedPorts\":{\"80/tcp\":null}"
      })
  void takesOrRefusesOddDocuments(String fields) {
    var answer = server.request("POST", "/containers/create", "{\"Image\":\"bb\"," + fields + "}");
    assertThat(answer).matches("(?s)HTTP/1.1 (201|400) .*").doesNotContain("internal error");
  }

  @Test
  void listsInDockersForm() {
    assertThat(server.get("/containers/json")).endsWith("\n\n[]");
    run();
    var id = containers.only().id();
    containers.set(id, new ContainerState.Running(Instant.now().minusSeconds(90), "vm", 1));
    assertThat(server.get("/containers/json"))
        .contains(
            "\"Id\":\"" + id + "\"",
            "\"Names\":[\"/c1\"]",
            "\"Command\":\"echo 'a b'\"",
            "\"Created\":1767323045,",
            "\"State\":\"running\",\"Status\":\"Up About a minute\"",
            "\"HostConfig\":{\"NetworkMode\":\"default\"}",
            "\"Mounts\":[]");
  }

  @Test
  void tellsSizesToThoseWhoAsk() {
    var sizes = "\"SizeRw\":1048576,\"SizeRootFs\":3145728";
    assertThat(server.get("/containers/json?all=1&size=1")).contains(sizes);
    assertThat(server.get("/containers/c1/json?size=1")).contains(sizes);
    assertThat(server.get("/containers/c1/json")).doesNotContain("SizeRw");
  }

  @Test
  void narrowsListsByFilters() {
    var shown = "\"Names\":[\"/c1\"]";
    assertThat(list("{\"name\":[\"c\"]}")).contains(shown);
    assertThat(list("{\"name\":{\"^/c1$\":true}}")).contains(shown);
    assertThat(list("{\"name\":[\"d\"]}")).endsWith("[]");
    assertThat(list("{\"label\":[\"k=v\",\"from\"]}")).contains(shown);
    assertThat(list("{\"label\":[\"k=w\"]}")).endsWith("[]");
    assertThat(list("{\"status\":[\"created\"]}")).contains(shown);
    assertThat(list("{\"status\":[\"paused\"]}")).endsWith("[]");
    assertThat(list("{\"ancestor\":[\"bb\"]}")).contains(shown);
    assertThat(list("{\"ancestor\":[\"other\"]}")).endsWith("[]");
    assertThat(list("{\"id\":[\"" + containers.only().id().abbreviated() + "\"]}")).contains(shown);
    assertThat(list("{\"exited\":[\"0\"]}")).endsWith("[]");
    assertThat(list("{\"since\":[\"c1\"]}")).endsWith("[]");
    assertThat(list("{\"network\":[\"bridge\"]}")).contains(shown);
    for (var bad :
        new String[] {
          "{\"colour\":[\"a\"]}", "{\"status\":[\"x\"]}", "[]", "{", "{\"name\":[\"(\"]}"
        }) {
      assertThat(list(bad)).as(bad).startsWith("HTTP/1.1 400 ");
    }
  }

  private String list(String filters) {
    var encoded = java.net.URLEncoder.encode(filters, StandardCharsets.UTF_8);
    return server.get("/containers/json?all=1&filters=" + encoded);
  }

  @Test
  void mapsStatesToStatus() {
    assertThat(server.post("/containers/c1/kill")).startsWith("HTTP/1.1 409 ");
    assertThat(server.post("/containers/c1/stop")).startsWith("HTTP/1.1 304 ");
    run();
    assertThat(server.post("/containers/c1/start")).startsWith("HTTP/1.1 304 ");
    assertThat(server.request("DELETE", "/containers/c1", "")).startsWith("HTTP/1.1 409 ");
    assertThat(server.post("/containers/c1/kill?signal=HUP")).startsWith("HTTP/1.1 204 ");
    assertThat(server.post("/containers/c1/kill?signal=NOPE")).startsWith("HTTP/1.1 400 ");
    assertThat(server.post("/containers/c1/kill")).startsWith("HTTP/1.1 204 ");
    assertThat(server.post("/containers/c1/restart?t=3&signal=INT")).startsWith("HTTP/1.1 204 ");
    assertThat(server.post("/containers/c1/stop?t=-1")).startsWith("HTTP/1.1 204 ");
    assertThat(server.post("/containers/c1/resize?h=24&w=80")).startsWith("HTTP/1.1 200 ");
    assertThat(server.post("/containers/c1/resize?h=-1&w=80")).startsWith("HTTP/1.1 400 ");
    assertThat(containers.calls)
        .containsExactly(
            "kill 9",
            "stop Optional.empty Optional.empty",
            "kill 1",
            "kill 9",
            "restart Optional[2] Optional[PT3S]",
            "stop Optional.empty Optional[PT-1S]",
            "resize TerminalSize[rows=24, columns=80]");
    assertThat(server.request("DELETE", "/containers/c1?force=1&v=1", ""))
        .startsWith("HTTP/1.1 204 ");
    assertThat(server.get("/containers/c1/json")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void waitsForWhatWasAsked() {
    assertThat(server.post("/containers/c1/wait"))
        .endsWith("{\"Error\":null,\"StatusCode\":0}\n\n0\n\n");
    assertThat(server.post("/containers/c1/wait?condition=lunch")).startsWith("HTTP/1.1 400 ");
    run();
    try (var client = server.connect()) {
      client.send("POST /containers/c1/wait?condition=next-exit HTTP/1.1\n\n");
      client.readHead();
      containers.exit(containers.only().id(), 3);
      assertThat(client.readUntil("0\n\n")).contains("{\"Error\":null,\"StatusCode\":3}");
    }
  }

  @Test
  void framesLogsAndStampsThem() {
    line(Source.STDOUT, "one\n");
    line(Source.STDERR, "two\n");
    assertThat(server.get("/containers/c1/logs?stdout=1&stderr=1&timestamps=1&tail=2"))
        .contains("Content-Type: application/vnd.docker.multiplexed-stream\n")
        .contains("\1\0\0\0\0\0\0#2026-01-02T03:04:05.500000000Z one\n")
        .contains("\2\0\0\0\0\0\0#2026-01-02T03:04:05.500000000Z two\n");
    assertThat(containers.lastLogQuery)
        .contains(
            new LogQuery(true, true, OptionalInt.of(2), Optional.empty(), Optional.empty(), false));
    assertThat(
            server.get("/v1.41/containers/c1/logs?stdout=1&follow=1&since=5.25&until=0&tail=all"))
        .contains("Content-Type: application/vnd.docker.raw-stream\n");
    assertThat(containers.lastLogQuery)
        .contains(
            new LogQuery(
                true,
                false,
                OptionalInt.empty(),
                Optional.of(Instant.ofEpochMilli(5250)),
                Optional.empty(),
                true));
    assertThat(server.get("/containers/c1/logs")).startsWith("HTTP/1.1 400 ");
    assertThat(server.get("/containers/c1/logs?stdout=1&since=soon")).startsWith("HTTP/1.1 400 ");
  }

  private void line(Source source, String text) {
    containers.log.add(
        new LogReader.Entry(FakeContainers.STARTED, source, text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void saysWhichEndpointIsNotThereYet() {
    assertThat(server.get("/containers/c1/attach/ws"))
        .startsWith("HTTP/1.1 501 ")
        .contains("GET /containers/{id}/attach/ws is not supported yet");
    assertThat(server.get("/networks/c1")).startsWith("HTTP/1.1 404 ");
    assertThat(server.get("/plugins/c1/json")).startsWith("HTTP/1.1 404 ");
  }
}
