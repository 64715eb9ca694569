package caisson.api.docker.images;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.docker.ApiServer;
import caisson.oci.image.Descriptor;
import caisson.registry.Credentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
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
  void pullsWithDockersLines() {
    assertThat(server.post("/v1.50/images/create?fromImage=docker.io%2Flibrary%2Fbb&tag=1"))
        .startsWith("HTTP/1.1 200 ")
        .contains(
            "{\"status\":\"Pulling from library/bb\",\"id\":\"1\"}\n",
            "{\"status\":\"Pulling fs layer\",\"progressDetail\":{},\"id\":\"e3b0c44298fc\"}\n",
            "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1,\"total\":2},"
                + "\"id\":\"e3b0c44298fc\"}\n",
            "{\"status\":\"Pull complete\",\"progressDetail\":{},\"id\":\"e3b0c44298fc\"}\n",
            "{\"status\":\"Digest: sha256:e3b0c44298fc",
            "{\"status\":\"Status: Downloaded newer image for bb:1\"}\n");
    assertThat(server.post("/images/create?fromImage=nosuch"))
        .startsWith("HTTP/1.1 404 ")
        .endsWith("{\"message\":\"pull access denied for nosuch\"}");
    assertThat(server.post("/images/create?fromImage=broken"))
        .startsWith("HTTP/1.1 200 ")
        .contains("\"error\":\"a layer is damaged\"}\n");
    assertThat(server.post("/images/create?fromImage=Bad")).startsWith("HTTP/1.1 400 ");
    assertThat(server.post("/images/create?fromImage=bb&platform=linux"))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void handsOnWhoAsks() {
    var who = "{\"username\":\"me\",\"password\":\"p\u00e4?>\"}";
    var header = Base64.getUrlEncoder().encodeToString(who.getBytes(StandardCharsets.UTF_8));
    try (var client = server.connect()) {
      client.send(
          "POST /images/create?fromImage=bb&platform=linux/arm64/v8 HTTP/1.1\nConnection: close\n"
              + "X-Registry-Auth: "
              + header
              + "\n\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 200 ");
    }
    var request = Objects.requireNonNull(server.images.pulled());
    assertThat(request.credentials()).isEqualTo(new Credentials.Password("me", "p\u00e4?>"));
    assertThat(request.platform())
        .contains(new Descriptor.Platform("arm64", "linux", Optional.of("v8")));
  }

  @Test
  void asksARegistryWhetherItAcceptsALogin() {
    var right = "{\"username\":\"me\",\"password\":\"right\",\"serveraddress\":\"r:5000\"}";
    assertThat(server.request("POST", "/auth", right))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("{\"Status\":\"Login Succeeded\",\"IdentityToken\":\"\"}");
    assertThat(server.request("POST", "/auth", right.replace("right", "wrong")))
        .startsWith("HTTP/1.1 401 ")
        .endsWith("{\"message\":\"r:5000: unauthorized\"}");
    assertThat(server.request("POST", "/auth", "{}")).endsWith("docker.io: unauthorized\"}");
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
