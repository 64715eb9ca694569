package caisson.api.docker.images;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.docker.ApiServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ImageEndpointsTest {
  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void loadsWithALineForEachStep() {
    assertThat(server.request("POST", "/images/load", "bb:1"))
        .startsWith("HTTP/1.1 200 ")
        .contains("Content-Type: application/json\n")
        .contains("{\"status\":\"Reading the archive\"}\n")
        .contains("{\"stream\":\"Loaded image: bb:1\\n\"}\n");
    assertThat(server.request("POST", "/images/load?quiet=1", ""))
        .doesNotContain("Reading")
        .contains("{\"stream\":\"Loaded image ID: sha256:");
  }

  @Test
  void tellsAFailureByStatusOrWhereThatIsSentByTheLastLine() {
    assertThat(server.request("POST", "/images/load?quiet=1", "damaged"))
        .startsWith("HTTP/1.1 400 ")
        .endsWith("{\"message\":\"the archive is damaged\"}");
    assertThat(server.request("POST", "/images/load", "damaged"))
        .startsWith("HTTP/1.1 200 ")
        .contains(
            "{\"errorDetail\":{\"message\":\"the archive is damaged\"},"
                + "\"error\":\"the archive is damaged\"}\n");
  }

  @Test
  void importsWithChanges() {
    var changes = URLEncoder.encode("CMD [\"/bin/sh\"]", StandardCharsets.UTF_8);
    assertThat(
            server.request(
                "POST",
                "/v1.50/images/create?changes=%s&fromSrc=-&repo=bb%%3Alatest".formatted(changes),
                "tar"))
        .contains("{\"status\":\"sha256:");
    assertThat(server.get("/images/bb/json"))
        .contains("\"RepoTags\":[\"bb:latest\"]", "\"Cmd\":[\"/bin/sh\"]", "\"Os\":\"\"");
    assertThat(server.post("/images/create?fromSrc=http://x/y.tar")).startsWith("HTTP/1.1 501 ");
    assertThat(server.post("/images/create?fromSrc=-&changes=ONBUILD+RUN+x"))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void listsInDockersFormAndByFilters() {
    var image = server.images.add("bb:latest", "localhost:5000/team/bb:1");
    server.images.add();
    assertThat(server.get("/images/json"))
        .contains(
            "{\"Containers\":-1,\"Created\":1767225600,\"Id\":\"" + image.id() + "\"",
            "\"RepoTags\":[\"bb:latest\",\"localhost:5000/team/bb:1\"],\"SharedSize\":-1,"
                + "\"Size\":2097152");
    assertThat(list("{\"dangling\":[\"true\"]}")).doesNotContain("bb").contains("\"RepoTags\":[]");
    assertThat(list("{\"dangling\":{\"false\":true}}"))
        .contains("bb")
        .doesNotContain("\"RepoTags\":[]");
    assertThat(list("{\"reference\":[\"b*\"]}")).contains("\"RepoTags\":[\"bb:latest\"]");
    assertThat(list("{\"reference\":[\"localhost:5000/*/bb\"]}"))
        .contains("\"RepoTags\":[\"localhost:5000/team/bb:1\"]");
    assertThat(list("{\"label\":[\"from=image\"],\"reference\":[\"x\"]}")).endsWith("[]");
    assertThat(list("{\"dangling\":[\"perhaps\"]}")).startsWith("HTTP/1.1 400 ");
    assertThat(list("{\"reference\":[\"[\"]}")).startsWith("HTTP/1.1 400 ");
  }

  private String list(String filters) {
    return server.get("/images/json?filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8));
  }

  @Test
  void tagsAndTakesNamesAway() {
    server.images.add("bb:latest");
    assertThat(server.post("/images/bb/tag?repo=docker.io%2Flibrary%2Fcc&tag=2"))
        .startsWith("HTTP/1.1 201 ");
    assertThat(server.post("/images/bb/tag")).startsWith("HTTP/1.1 400 ");
    assertThat(server.post("/images/nosuch/tag?repo=a")).startsWith("HTTP/1.1 404 ");
    assertThat(server.request("DELETE", "/images/cc:2", "")).endsWith("[{\"Untagged\":\"cc:2\"}]");
    assertThat(server.request("DELETE", "/images/bb", ""))
        .contains("[{\"Untagged\":\"bb:latest\"},{\"Deleted\":\"sha256:");
    assertThat(server.request("DELETE", "/images/bb", "")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void keepsAnImageThatAContainerHas() {
    var image = server.images.add("bb:latest");
    server.request("POST", "/containers/create", "{\"Image\":\"bb\"}");
    assertThat(server.request("DELETE", "/images/bb", "")).startsWith("HTTP/1.1 409 ");
    assertThat(server.request("DELETE", "/images/" + image.id() + "?force=1", ""))
        .startsWith("HTTP/1.1 409 ")
        .contains("is using its referenced image " + image.id().abbreviated());
    assertThat(server.request("DELETE", "/images/bb?force=1", ""))
        .endsWith("[{\"Untagged\":\"bb:latest\"}]");
  }

  @Test
  void deletesAnImageOfSeveralRepositoriesByItsIdOnlyWhenForced() {
    var image = server.images.add("bb:latest", "cc:1");
    assertThat(server.request("DELETE", "/images/" + image.id(), "")).startsWith("HTTP/1.1 409 ");
    assertThat(server.request("DELETE", "/images/" + image.id() + "?force=1", ""))
        .contains("\"Untagged\":\"bb:latest\"", "\"Untagged\":\"cc:1\"", "\"Deleted\"");
  }
}
