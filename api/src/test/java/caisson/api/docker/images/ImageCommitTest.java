package caisson.api.docker.images;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.docker.ApiServer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ImageCommitTest {
  private final ApiServer server = new ApiServer();

  @BeforeEach
  void create() {
    server.images.add("bb:latest");
    server.request(
        "POST",
        "/containers/create?name=c1",
        "{\"Image\":\"bb\",\"User\":\"worker\",\"Cmd\":[\"sh\",\"-c\",\"x\"]}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String commit(String query) {
    return server.request("POST", "/commit?" + query, "null");
  }

  @Test
  void makesAnImageOfAContainer() {
    var answer =
        commit(
            "container=c1&repo=new&tag=2&author=me&comment=why&changes=ENV+A%3Db"
                + "&changes=CMD+%5B%22run%22%5D");
    var image = server.images.resolve("new:2");
    assertThat(answer).startsWith("HTTP/1.1 201 ").endsWith("{\"Id\":\"" + image.id() + "\"}");
    var commit = server.images.commits.getFirst();
    assertThat(commit.base()).isEqualTo(server.images.resolve("bb").id());
    assertThat(commit.author()).contains("me");
    assertThat(commit.comment()).contains("why");
    assertThat(commit.createdBy()).isEqualTo("sh -c x");
    assertThat(commit.defaults().user()).contains("worker");
    assertThat(commit.defaults().env()).containsExactly("IMAGE=1", "A=b");
    assertThat(commit.defaults().cmd()).containsExactly("run");
    assertThat(server.images.committed.toString(StandardCharsets.UTF_8)).isEqualTo("layer true\n");
    assertThat(server.engine.containers.files.calls).containsExactly("close");
  }

  @Test
  void pausesUnlessItIsToldNotTo() {
    commit("container=c1");
    commit("container=c1&pause=1");
    commit("container=c1&pause=false");
    assertThat(server.images.committed.toString(StandardCharsets.UTF_8))
        .isEqualTo("layer true\nlayer true\nlayer false\n");
    assertThat(server.images.commits).allMatch(it -> it.name().equals(Optional.empty()));
  }

  @Test
  void aConfigurationGoesBeforeTheContainers() {
    var body =
        "{\"Hostname\":\"x\",\"User\":\"\",\"Env\":[\"IMAGE=2\",\"B=c\"],\"Cmd\":[\"go\"],"
            + "\"ExposedPorts\":{\"80/tcp\":{}},\"Labels\":{\"l\":\"1\"},\"WorkingDir\":\"/w\"}";
    server.request("POST", "/commit?container=c1&changes=ENV+D%3De", body);
    var defaults = server.images.commits.getFirst().defaults();
    assertThat(defaults.user()).contains("worker");
    assertThat(defaults.env()).containsExactly("IMAGE=2", "B=c", "D=e");
    assertThat(defaults.cmd()).containsExactly("go");
    assertThat(defaults.exposedPorts()).containsOnlyKeys("80/tcp");
    assertThat(defaults.labels()).containsEntry("l", "1");
    assertThat(defaults.workingDir()).contains("/w");
  }

  @Test
  void itIsAnEvent() {
    commit("container=c1&repo=new&comment=why");
    commit("container=c1");
    var id = server.images.resolve("new").id();
    assertThat(server.engine.containers.calls)
        .contains("commit {comment=why, imageID=" + id + ", imageRef=new:latest}")
        .anyMatch(it -> it.matches("commit \\{comment=, imageID=sha256:[0-9a-f]+, imageRef=}"));
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThat(commit("repo=x")).startsWith("HTTP/1.1 400 ");
    assertThat(commit("container=x1")).startsWith("HTTP/1.1 404 ").contains("No such container");
    assertThat(commit("container=c1&changes=RUN+x")).startsWith("HTTP/1.1 400 ");
    assertThat(commit("container=c1&repo=UPPER")).startsWith("HTTP/1.1 400 ");
    assertThat(server.request("POST", "/commit?container=c1", "{\"Shell\":[\"x\"]}"))
        .startsWith("HTTP/1.1 501 ");
    assertThat(server.request("POST", "/commit?container=c1", "[]")).startsWith("HTTP/1.1 400 ");
    assertThat(server.images.commits).isEmpty();
  }
}
