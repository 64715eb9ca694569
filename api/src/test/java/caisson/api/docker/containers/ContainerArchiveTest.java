package caisson.api.docker.containers;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.docker.ApiServer;
import caisson.api.docker.FakeFiles;
import caisson.engine.FileChange;
import caisson.engine.FileChange.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
final class ContainerArchiveTest {
  private static final String ARCHIVE = "/containers/c1/archive?path=";

  private final ApiServer server = new ApiServer();
  private final FakeFiles files = server.engine.containers.files;

  @BeforeEach
  void create() {
    server.images.add("bb:latest");
    server.request("POST", "/containers/create?name=c1", "{\"Image\":\"bb\",\"User\":\"worker\"}");
    files.add("/etc/passwd", 0100644, "");
    files.add("/tmp", 041777, "");
    files.add("/l", 0120777, "../x");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String status(String answer) {
    var value = answer.replaceAll("(?s).*X-Docker-Container-Path-Stat: (\\S+).*", "$1");
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  @Test
  void tellsWhatIsAtAPath() {
    assertThat(status(server.request("HEAD", ARCHIVE + "/etc/passwd", "")))
        .isEqualTo(
            "{\"name\":\"passwd\",\"size\":11,\"mode\":420,"
                + "\"mtime\":\"2026-01-02T03:04:05Z\",\"linkTarget\":\"\"}");
    assertThat(status(server.request("HEAD", ARCHIVE + "l", "")))
        .contains("\"name\":\"l\"", "\"linkTarget\":\"../x\"", "\"mode\":134218239");
    assertThat(status(server.request("HEAD", ARCHIVE + "/tmp", "")))
        .contains("\"mode\":" + ((1L << 31) + (1L << 20) + 0777));
    assertThat(files.calls).containsOnly("close");
  }

  @Test
  void sendsAnArchiveWithWhatItIs() {
    var answer = server.get(ARCHIVE + "/etc/passwd");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 ")
        .contains("Content-Type: application/x-tar", "archive of /etc/passwd as passwd");
    assertThat(status(answer)).contains("\"size\":11");
    assertThat(server.get(ARCHIVE + "/missing"))
        .startsWith("HTTP/1.1 404 ")
        .contains("Could not find the file /missing in container c1");
    assertThat(server.get("/containers/c1/archive")).startsWith("HTTP/1.1 400 ");
    assertThat(server.get("/containers/x1/archive?path=/a"))
        .startsWith("HTTP/1.1 404 ")
        .contains("No such container");
  }

  @Test
  void exportsEverythingAndEndsTheArchiveOnlyIfItIsWhole() {
    assertThat(server.get("/containers/c1/export"))
        .startsWith("HTTP/1.1 200 ")
        .contains("Content-Type: application/octet-stream", "archive of everything")
        .endsWith("\n0\n\n");
    files.failing = true;
    assertThat(server.get("/containers/c1/export")).doesNotEndWith("\n0\n\n");
    assertThat(files.calls).containsExactly("close", "close");
    assertThat(server.engine.containers.calls).contains("export {}");
    assertThat(server.get("/containers/x1/export"))
        .startsWith("HTTP/1.1 404 ")
        .contains("No such container");
  }

  @Test
  void listsWhatWasChanged() {
    assertThat(server.get("/containers/c1/changes")).startsWith("HTTP/1.1 200 ").endsWith("[]");
    files.changes.add(new FileChange(Kind.CHANGED, "/a"));
    files.changes.add(new FileChange(Kind.ADDED, "/a/b"));
    files.changes.add(new FileChange(Kind.DELETED, "/c"));
    assertThat(server.get("/containers/c1/changes"))
        .endsWith(
            "[{\"Path\":\"/a\",\"Kind\":0},{\"Path\":\"/a/b\",\"Kind\":1},"
                + "{\"Path\":\"/c\",\"Kind\":2}]");
  }

  @Test
  void takesAnArchiveForADirectory() {
    assertThat(server.request("PUT", ARCHIVE + "/tmp", "content")).startsWith("HTTP/1.1 200 ");
    assertThat(
            server.request(
                "PUT", ARCHIVE + "/tmp&noOverwriteDirNonDir=true&copyUIDGID=1", "content"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(server.request("PUT", ARCHIVE + "/missing", "content"))
        .startsWith("HTTP/1.1 404 ")
        .contains("Could not find the file /missing");
    assertThat(files.calls)
        .containsExactly(
            "/tmp false Optional.empty content",
            "close",
            "/tmp true Optional[worker] content",
            "close",
            "close");
  }

  @ParameterizedTest
  @CsvSource({
    "0100644,644", "0104755,40000755", "0102755,20000755", "0101777,4000777",
    "040755,20000000755", "0120777,1000000777", "060660,400000660", "020620,410000620",
    "010600,200000600", "0140600,100000600"
  })
  void writesModesAsGoDoes(String mode, String go) {
    assertThat(GoFileMode.of(Integer.parseInt(mode, 8))).isEqualTo(Long.parseLong(go, 8));
  }
}
