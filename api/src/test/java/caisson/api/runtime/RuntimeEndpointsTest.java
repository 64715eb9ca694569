package caisson.api.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.docker.ApiServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class RuntimeEndpointsTest {
  private static final String ONE = "/runtime/containers/one";
  private static final String ROOT = "?root=%2Frun%2Fe";

  @TempDir Path bundle;
  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private String create(String spec, boolean console) {
    var query = ROOT + "&monitor=7&console=" + console + "&bundle=" + bundle + "/.";
    return server.request("POST", ONE + "/create" + query, spec);
  }

  private static String spec(boolean terminal) {
    return "{\"root\":{\"path\":\"rootfs\"},\"process\":{\"cwd\":\"/\",\"env\":[\"A=1\"],"
        + "\"args\":[\"sh\"],\"user\":{\"uid\":1,\"gid\":2},\"terminal\":"
        + terminal
        + "}}";
  }

  @Test
  void tellsWhereTheMonitorIsToBe() throws Exception {
    Files.createDirectory(bundle.resolve("rootfs"));
    var path = "/runtime/place?bundle=" + bundle;
    assertThat(server.request("POST", path, spec(false)))
        .endsWith("\n\nhost\0" + bundle + "/rootfs\0");
    var joined =
        "{\"root\":{\"path\":\"rootfs\"},\"linux\":{\"namespaces\":[{\"type\":\"network\"%s}]}}";
    assertThat(server.request("POST", path, joined.formatted(""))).contains("\n\nnew\0");
    assertThat(server.request("POST", path, joined.formatted(",\"path\":\"/run/netns/a\"")))
        .contains("\n\n/run/netns/a\0");
    assertThat(server.request("POST", path, "{}")).contains(" 400 ").contains("names no root");
    assertThat(server.request("POST", path, "{")).contains(" 400 ").contains("config.json");
  }

  @Test
  void eachCommandReachesItsContainer() {
    assertThat(create(spec(false), false))
        .contains("\n\n70\0{", "\"status\":\"creating\"", "}\0000\0000\0");
    assertThat(server.get(ONE + "/state" + ROOT))
        .contains("\"id\":\"one\"", "\"pid\":7", "\"status\":\"created\"")
        .contains("\"bundle\":\"" + bundle + "\"", "\"annotations\":{\"a\":\"b\"}");
    assertThat(server.get("/runtime/containers" + ROOT + "&format=quiet")).endsWith("\n\none");
    assertThat(server.get("/runtime/containers" + ROOT + "&format=table"))
        .contains("ID          PID         STATUS      BUNDLE");
    assertThat(server.get("/runtime/containers?root=/other&format=json")).endsWith("\n\n[]");
    server.post(ONE + "/start" + ROOT);
    server.post(ONE + "/kill" + ROOT + "&signal=SIGTERM&all=true");
    server.post(ONE + "/pause" + ROOT);
    server.post(ONE + "/resume" + ROOT);
    server.request("POST", ONE + "/update" + ROOT, "{\"pids\":{\"limit\":5}}");
    var exec = ONE + "/exec" + ROOT + "&monitor=8";
    server.request("POST", exec, "{\"args\":[\"ls\",\"-l\"],\"env\":[\"B=2\"],\"user\":\"5:6\"}");
    server.post(ONE + "/delete" + ROOT + "&force=true");
    assertThat(server.engine.bundles.calls)
        .filteredOn(call -> !call.startsWith("status"))
        .containsExactly(
            "start one",
            "kill 15 true one",
            "pause one",
            "resume one",
            "update one",
            "exec ls -l one",
            "delete true one");
  }

  @Test
  void hooksAreForTheCommandToRun() {
    var hooks =
        "{\"root\":{\"path\":\"rootfs\"},\"hooks\":{\"prestart\":[{\"path\":\"/a\",\"args\":[\"a\",\"x\"],"
            + "\"env\":[\"E=1\"],\"timeout\":5}],\"createContainer\":[{\"path\":\"/b\"}],"
            + "\"poststart\":[{\"path\":\"/c\"}],\"poststop\":[{\"path\":\"/d\"}]}}";
    assertThat(create(hooks, false))
        .endsWith("}\0001\0/a\0005\0002\0a\0x\0001\0E=1\0001\0/b\0000\0001\0/b\0000\0");
    assertThat(server.post(ONE + "/start" + ROOT))
        .contains("\"status\":\"running\"")
        .endsWith("}\0001\0/c\0000\0001\0/c\0000\0");
    assertThat(server.post(ONE + "/delete" + ROOT))
        .contains("\"status\":\"stopped\"")
        .endsWith("}\0001\0/d\0000\0001\0/d\0000\0");
    assertThat(server.post("/runtime/containers/two/delete" + ROOT + "&force=true"))
        .endsWith("\n\n");
  }

  @Test
  void processesAreTheHostsForProgramsAndTheGuestsForPeople() {
    create(spec(false), false);
    assertThat(server.get(ONE + "/ps" + ROOT + "&format=json")).endsWith("\n\n[7]");
    assertThat(server.get(ONE + "/ps" + ROOT + "&format=table")).contains("UID         PID");
  }

  @Test
  void whatIsUsedIsToldAsRuncTellsIt() {
    create(spec(false), false);
    assertThat(server.get(ONE + "/stats" + ROOT))
        .contains("{\"type\":\"stats\",\"id\":\"one\",\"data\":{\"cpu\":{\"usage\":{\"total\":30,")
        .contains("\"memory\":{\"cache\":1024,\"usage\":{\"limit\":8192,\"usage\":4096}}");
  }

  @Test
  void aBundleToBeginWithAndWhatThereIsOfTheSpecAreTold() {
    assertThat(server.get("/runtime/spec")).contains("\"args\" : [ \"sh\" ]", "\"network\"");
    assertThat(server.get("/runtime/features"))
        .contains("\"ociVersionMax\":\"1.0.2\"", "\"startContainer\"", "\"CAP_NET_ADMIN\"");
  }

  @Test
  void aTerminalNeedsSomebodyToHaveItsOtherEnd() {
    assertThat(create(spec(true), false)).contains("cannot allocate tty");
    assertThat(create(spec(false), true)).contains("cannot use console socket");
    assertThat(create(spec(true), true)).contains(" 200 ");
  }

  @Test
  void whatIsMissingOrUnknownIsSaid() {
    assertThat(server.get(ONE + "/state")).contains(" 400 ").contains("root is missing");
    assertThat(server.get(ONE + "/state" + ROOT)).contains(" 404 ").contains("does not exist");
    assertThat(server.post("/runtime/containers/a%20b/start" + ROOT)).contains("invalid container");
    assertThat(server.get("/runtime/containers" + ROOT + "&format=xml")).contains("invalid format");
    assertThat(create("{", false)).contains(" 400 ");
    assertThat(server.request("POST", "/runtime/place?bundle=%00", spec(false)))
        .contains(" 400 ")
        .contains("no file can have this path");
  }

  @Test
  void aMonitorThatSpeaksGarbageIsCutOff() {
    create(spec(false), false);
    try (var client = server.connect()) {
      client.send(
          "POST %s HTTP/1.1\nConnection: Upgrade\nUpgrade: tcp\nContent-Length: 0\n\n"
              .formatted(ONE + "/connect" + ROOT + "&monitor=7"));
      client.sendRaw("no frame at all".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.readAll()).contains(" 101 ");
    }
  }
}
