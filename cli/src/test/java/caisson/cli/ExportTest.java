package caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.cli.fake.FakeDaemon;
import caisson.cli.fake.FakeUser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code export}, {@code diff} and {@code commit}, against a daemon that answers as Docker's does.
 */
@Timeout(60)
final class ExportTest extends WithFakeDaemon {
  @TempDir Path directory;

  /** Has the daemon send {@code text}, and break off after it unless that is the whole. */
  private void send(String text, boolean whole) {
    daemon.on(
        "GET",
        "/containers/{id}/export",
        exchange -> {
          var body = exchange.stream("application/octet-stream");
          body.write(text.getBytes(StandardCharsets.UTF_8));
          if (!whole) {
            body.flush();
            throw new IOException("the machine is gone");
          }
          body.close();
        });
  }

  @Test
  void writesTheArchiveToAPipe() {
    send("archive", true);
    assertThat(caisson("container", "export", "c")).isZero();
    assertThat(user.out()).isEqualTo("archive");
  }

  @Test
  void listsWhatWasChanged() {
    daemon.on(
        "GET",
        "/containers/{id}/changes",
        200,
        "[{\"Path\":\"/a\",\"Kind\":0},{\"Path\":\"/a/b\",\"Kind\":1},{\"Path\":\"/c\",\"Kind\":2}]");
    assertThat(caisson("diff", "c")).isZero();
    assertThat(user.out()).isEqualTo("C /a\nA /a/b\nD /c\n");
  }

  @Test
  void commitsAndPrintsTheNewImage() {
    var asked = new CompletableFuture<String>();
    daemon.on(
        "POST",
        "/commit",
        exchange -> {
          var query = exchange.query();
          asked.complete(
              List.of("container", "repo", "author", "comment", "changes", "pause").stream()
                  .map(query::all)
                  .toList()
                  .toString());
          FakeDaemon.answer(exchange, 201, "{\"Id\":\"sha256:1\"}");
        });
    assertThat(
            caisson(
                "commit",
                "-a",
                "me",
                "-m",
                "why",
                "-c",
                "ENV A=b",
                "-c",
                "CMD x",
                "--pause=false",
                "c",
                "host:5000/r:t"))
        .isZero();
    assertThat(user.out()).isEqualTo("sha256:1\n");
    assertThat(asked.join())
        .isEqualTo("[[c], [host:5000/r:t], [me], [why], [ENV A=b, CMD x], [0]]");
  }

  @Test
  void refusesATerminal() {
    user = FakeUser.typing(new ByteArrayInputStream(new byte[0]));
    assertThat(caisson("export", "c")).isEqualTo(1);
    assertThat(user.err())
        .contains("cowardly refusing to save to a terminal. Use the -o flag or redirect");
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void writesAFileOnlyIfItComesWhole() throws IOException {
    var file = Files.writeString(directory.resolve("f.tar"), "before");
    send("archive", true);
    assertThat(caisson("export", "-o", file.toString(), "c")).isZero();
    assertThat(file).hasContent("archive");
    assertThat(user.out()).isEmpty();
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void leavesAFileAsItWasIfTheArchiveBreaksOff() throws IOException {
    var file = Files.writeString(directory.resolve("f.tar"), "before");
    send("half an arch", false);
    assertThat(caisson("export", "-o", file.toString(), "c")).isEqualTo(1);
    assertThat(user.err()).contains("lost the connection to the daemon");
    assertThat(file).hasContent("before");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void tellsWhatCannotBeWritten() {
    send("archive", true);
    assertThat(caisson("export", "-o", directory.toString(), "c")).isEqualTo(1);
    assertThat(user.err()).contains("cannot write " + directory + ": it is a directory");
    var missing = directory.resolve("none/f.tar");
    assertThat(caisson("export", "-o", missing.toString(), "c")).isEqualTo(1);
    assertThat(user.err()).contains("cannot write " + missing + ": ");
  }
}
