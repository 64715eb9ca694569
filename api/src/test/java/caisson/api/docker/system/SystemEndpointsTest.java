package caisson.api.docker.system;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.docker.ApiServer;
import caisson.base.ByteSize;
import caisson.base.ContainerId;
import caisson.engine.Leak;
import caisson.engine.Template;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class SystemEndpointsTest {
  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersPingsOfEveryForm() {
    for (var path : new String[] {"/_ping", "/v1.44/_ping"}) {
      assertThat(server.get(path))
          .contains(
              "Api-Version: 1.50\n",
              "Builder-Version: 1\n",
              "Swarm: inactive\n",
              "Ostype: linux\n",
              "Docker-Experimental: false\n",
              "Cache-Control: no-cache")
          .endsWith("\n\nOK");
      assertThat(server.request("HEAD", path, "")).contains("Api-Version: 1.50\n").endsWith("\n\n");
    }
  }

  @Test
  void saysItsVersion() {
    assertThat(server.get("/version"))
        .contains(
            "\"Version\":\"0.1.0\"",
            "\"ApiVersion\":\"1.50\"",
            "\"MinAPIVersion\":\"1.24\"",
            "\"Arch\":\"amd64\"",
            "\"Components\":[{\"Name\":\"Engine\",\"Version\":\"0.1.0\"");
  }

  @Test
  void saysWhatItRunsOn() {
    server.images.add("bb:latest");
    assertThat(server.get("/info"))
        .contains(
            "\"ID\":\"the-id\"",
            "\"Containers\":0",
            "\"Images\":1",
            "\"OSType\":\"linux\"",
            "\"MemTotal\":4294967296",
            "\"NCPU\":2",
            "\"ServerVersion\":\"0.1.0\"",
            "\"IndexServerAddress\":\"https://index.docker.io/v1/\"",
            "\"Caisson\":{\"Accelerator\":\"tcg\",\"AcceleratorReason\":\"no /dev/kvm\"");
  }

  @Test
  void listsLeaks() {
    assertThat(server.get("/system/leaks")).endsWith("\n\n[]");
    server.engine.leaks.add(new Leak("process", "12 qemu"));
    assertThat(server.get("/system/leaks"))
        .endsWith("[{\"Kind\":\"process\",\"Name\":\"12 qemu\"}]");
  }

  @Test
  void listsMakesAndRemovesTemplates() {
    assertThat(server.get("/system/templates")).endsWith("\n\n[]");
    var made = Optional.of(Instant.ofEpochSecond(7));
    server.engine.templates.all.add(
        new Template("2048m-2c", "cafe", ByteSize.ofGib(2), 2, ByteSize.ofMib(50), made, 3));
    assertThat(server.get("/system/templates"))
        .endsWith(
            "[{\"Name\":\"2048m-2c\",\"Key\":\"cafe\",\"Memory\":2147483648,\"Cpus\":2,\"Size\":52428800,\"Created\":7,\"Clones\":3}]");
    assertThat(server.request("POST", "/system/templates?memory=64m", ""))
        .startsWith("HTTP/1.1 201 ")
        .endsWith("{\"Name\":\"a-template\"}");
    assertThat(server.request("POST", "/system/templates", "")).startsWith("HTTP/1.1 201 ");
    assertThat(server.request("POST", "/system/templates?memory=much", ""))
        .startsWith("HTTP/1.1 400 ");
    assertThat(server.engine.templates.made)
        .containsExactly(Optional.of(ByteSize.ofMib(64)), Optional.empty());
    assertThat(server.request("DELETE", "/system/templates/2048m-2c", ""))
        .startsWith("HTTP/1.1 204 ");
    assertThat(server.request("DELETE", "/system/templates/2048m-2c", ""))
        .startsWith("HTTP/1.1 404 ");
  }

  @Test
  void streamsEventsThatPassUntilTheEndAskedFor() {
    var id = new ContainerId("ab".repeat(32));
    server.engine.publish("start", id, Map.of("image", "bb", "name", "c1", "k", "v"));
    server.engine.publish("exec_create: ls", id, Map.of("image", "bb", "name", "c1"));
    var line =
        "{\"status\":\"exec_create: ls\",\"id\":\"%s\",\"from\":\"bb\",\"Type\":\"container\",\"Action\":\"exec_create: ls\",\"Actor\":{\"ID\":\"%s\",\"Attributes\":{"
            .formatted(id, id);
    assertThat(
            server.get(
                "/events?since=0&until=1767323050&filters=%7B%22event%22%3A%5B%22exec_create%22%5D%7D"))
        .contains("Content-Type: application/json\n")
        .contains(line)
        .contains("\"scope\":\"local\",\"time\":1767323045,\"timeNano\":1767323045000000006}\n")
        .doesNotContain("\"start\"");
    server.engine.publish("start", id, Map.of("name", "c1", "k", "v"));
    assertThat(server.get("/events?until=1767323050&filters=%7B%22type%22%3A%5B%22image%22%5D%7D"))
        .endsWith("\n\n0\n\n");
    assertThat(server.get("/events?until=never")).startsWith("HTTP/1.1 400 ");
    assertThat(server.get("/events?filters=%7B%22x%22%3A%5B%5D%7D")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void sendsAnEventAtOnce() {
    try (var client = server.connect()) {
      client.send("GET /events HTTP/1.1\n\n");
      client.readHead();
      server.engine.publish("die", new ContainerId("cd".repeat(32)), Map.of("exitCode", "7"));
      assertThat(client.readUntil("}\n")).contains("\"exitCode\":\"7\"");
    }
  }
}
