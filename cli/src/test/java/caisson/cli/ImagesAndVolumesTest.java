package caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.cli.fake.FakeDaemon;
import caisson.cli.fake.FakeUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands for images and volumes, against a daemon that answers as Docker's does. */
@Timeout(60)
final class ImagesAndVolumesTest extends WithFakeDaemon {
  @Test
  void makesListsAndRemovesVolumes() {
    var asked = new StringBuilder();
    daemon
        .on(
            "POST",
            "/volumes/create",
            exchange -> {
              asked.append(new String(exchange.bodyBytes(), StandardCharsets.UTF_8)).append('\n');
              FakeDaemon.answer(exchange, 201, "{\"Name\":\"db\"}");
            })
        .on(
            "GET",
            "/volumes",
            exchange ->
                FakeDaemon.answer(
                    exchange,
                    200,
                    "{\"Volumes\":[{\"Name\":\"db\",\"Driver\":\"local\",\"Scope\":\"local\","
                        + "\"Mountpoint\":\"/m\",\"Labels\":{\"a\":\"1\",\"b\":\"2\"}}]}"))
        .on("DELETE", "/volumes/{name}", exchange -> exchange.answer(204))
        .on(
            "POST",
            "/volumes/prune",
            exchange -> {
              asked.append(exchange.query().text("filters").orElse("")).append('\n');
              FakeDaemon.answer(
                  exchange, 200, "{\"VolumesDeleted\":[\"db\"],\"SpaceReclaimed\":2000}");
            });
    assertThat(
            caisson("volume", "create", "-o", "type=disk", "-o", "size=1g", "--label", "a=1", "db"))
        .isZero();
    assertThat(caisson("volume", "ls")).isZero();
    assertThat(caisson("volume", "ls", "-q")).isZero();
    assertThat(caisson("volume", "ls", "--format", "{{.Name}} {{.Labels}}")).isZero();
    assertThat(caisson("volume", "rm", "db")).isZero();
    assertThat(caisson("volume", "prune", "-af", "--filter", "label=x")).isZero();
    assertThat(user.out())
        .isEqualTo(
            """
            db
            DRIVER    VOLUME NAME
            local     db
            db
            db a=1,b=2
            db
            Deleted Volumes:
            db

            Total reclaimed space: 2kB
            """);
    assertThat(asked.toString().replace('"', '\''))
        .isEqualTo(
            """
            {'Name':'db','Driver':'local','DriverOpts':{'type':'disk','size':'1g'},'Labels':{'a':'1'}}
            {'label':{'x':true},'all':{'true':true}}
            """);
    assertThat(caisson("volume", "create", "--name", "a", "b")).isEqualTo(1);
  }

  @Test
  void sendsAnArchiveOfAnyLengthAndShowsWhatBecomesOfIt(@TempDir Path directory)
      throws IOException {
    byte[] archive = new byte[3_000_000];
    var file = Files.write(directory.resolve("a.tar"), archive);
    daemon.on(
        "POST",
        "/images/load",
        exchange -> {
          int length = exchange.body().readAllBytes().length;
          var answer = "{\"stream\":\"Loaded image: x:" + length + "\\n\"}\r\n";
          FakeDaemon.answer(exchange, 200, answer);
        });
    assertThat(caisson("load", "-i", file.toString())).isZero();
    assertThat(user.out()).isEqualTo("Loaded image: x:3000000\n");
  }

  @Test
  void tellsWhyAnArchiveWasRefusedBeforeItsEnd(@TempDir Path directory) throws IOException {
    var file = Files.write(directory.resolve("a.tar"), new byte[3_000_000]);
    daemon.on(
        "POST",
        "/images/load",
        exchange -> FakeDaemon.refuse(exchange, 400, "unexpected end of archive"));
    assertThat(caisson("load", "-i", file.toString())).isEqualTo(1);
    assertThat(user.err()).isEqualTo("Error response from daemon: unexpected end of archive\n");
  }

  @Test
  void tellsThatAnImportHasFailedOnTheWay() {
    user = FakeUser.piping("tar");
    var asked = new CompletableFuture<String>();
    daemon.on(
        "POST",
        "/images/create",
        exchange -> {
          int _ = exchange.body().readAllBytes().length;
          asked.complete(query(exchange, "fromSrc", "repo", "message", "changes"));
          FakeDaemon.answer(exchange, 200, "{\"status\":\"reading\"}{\"error\":\"no space left\"}");
        });
    assertThat(caisson("import", "-m", "m", "-c", "CMD x", "-c", "USER y", "-", "bb:1"))
        .isEqualTo(1);
    assertThat(user.out()).isEqualTo("reading\n");
    assertThat(user.err()).isEqualTo("no space left\n");
    assertThat(asked.join()).isEqualTo("fromSrc=- repo=bb:1 message=m changes=CMD x,USER y");
  }

  @Test
  void tagsWithNamesThatHavePorts() {
    var asked = new CompletableFuture<String>();
    daemon.on(
        "POST",
        "/images/{name*}/tag",
        exchange -> {
          asked.complete(exchange.path("name") + " " + query(exchange, "repo", "tag"));
          exchange.answer(201);
        });
    assertThat(caisson("tag", "a/b:1", "host:5000/c")).isZero();
    assertThat(asked.join()).isEqualTo("a/b:1 repo=host:5000/c tag=");
  }

  @Test
  void showsWhatRemovalTookAway() {
    daemon.on(
        "DELETE", "/images/{name*}", 200, "[{\"Untagged\":\"a:1\"},{\"Deleted\":\"sha256:0\"}]");
    assertThat(caisson("rmi", "a:1")).isZero();
    assertThat(user.out()).isEqualTo("Untagged: a:1\nDeleted: sha256:0\n");
  }
}
