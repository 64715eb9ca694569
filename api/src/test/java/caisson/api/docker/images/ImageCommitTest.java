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
  void refusesWhatItCannotDo() {
    assertThat(commit("repo=x")).startsWith("HTTP/1.1 400 ");
    assertThat(commit("container=x1")).startsWith("HTTP/1.1 404 ").contains("No such container");
    assertThat(commit("container=c1&changes=RUN+x")).startsWith("HTTP/1.1 400 ");
    assertThat(commit("container=c1&repo=UPPER")).startsWith("HTTP/1.1 400 ");
    assertThat(server.request("POST", "/commit?container=c1", "{\"Cmd\":[\"x\"]}"))
        .startsWith("HTTP/1.1 501 ");
    assertThat(server.images.commits).isEmpty();
  }
}
