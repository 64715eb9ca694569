package caisson.cli;

import static caisson.cli.fake.FakeContainer.frame;
import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.http.Exchange;
import caisson.api.wire.CreateExec;
import caisson.api.wire.WireJson;
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

/** The commands beside {@code run}, against a daemon that answers as Docker's does. */
@Timeout(60)
class CommandsTest extends WithFakeDaemon {
  private static final String DETAILS =
      """
      {"Id":"full","Config":{"Tty":false,"OpenStdin":true},"State":{"Running":true},
       "HostConfig":{"AutoRemove":false}}\
      """;

  private static String query(Exchange exchange, String... names) {
    var text = new StringBuilder();
    for (var name : names) {
      text.append(name)
          .append('=')
          .append(String.join(",", exchange.query().all(name)))
          .append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void goesOnAfterAFailureAndTellsOfIt() {
    daemon.on(
        "POST",
        "/containers/{id}/stop",
        exchange -> {
          if (exchange.path("id").equals("b")) {
            FakeDaemon.refuse(exchange, 404, "No such container: b");
          } else {
            exchange.answer(exchange.path("id").equals("a") ? 204 : 304);
          }
        });
    assertThat(caisson("stop", "-t", "3", "a", "b", "c")).isEqualTo(1);
    assertThat(user.out()).isEqualTo("a\nc\n");
    assertThat(user.err()).isEqualTo("Error response from daemon: No such container: b\n");
  }

  @Test
  void aNetworkOfOnesOwnIsTheDaemonsToRefuse() {
    daemon.on(
        "POST",
        "/networks/create",
        exchange -> FakeDaemon.refuse(exchange, 501, "cannot create a network: not yet"));
    assertThat(caisson("network", "create", "mine")).isEqualTo(1);
    assertThat(user.err())
        .isEqualTo("Error response from daemon: cannot create a network: not yet\n");
  }

  @Test
  void tellsHowToStopAndKill() {
    var asked = new CompletableFuture<String>();
    daemon.on(
        "POST",
        "/containers/{id}/restart",
        exchange -> {
          asked.complete(query(exchange, "t", "signal"));
          exchange.answer(204);
        });
    assertThat(caisson("container", "restart", "--time", "-1", "-s", "HUP", "a")).isZero();
    assertThat(asked.join()).isEqualTo("t=-1 signal=HUP");
  }

  @Test
  void doesNotMindThatWhatIsForcedAwayIsNotThere() {
    daemon.on(
        "DELETE",
        "/containers/{id}",
        exchange -> FakeDaemon.refuse(exchange, 404, "No such container: x"));
    assertThat(caisson("rm", "-f", "x")).isZero();
    assertThat(caisson("rm", "x")).isEqualTo(1);
    assertThat(user.out()).isEmpty();
  }

  @Test
  void executesWithInputAndTakesOverTheExitCode() {
    user = FakeUser.piping("abc");
    var created = new CompletableFuture<CreateExec>();
    daemon
        .on("GET", "/containers/{id}/json", 200, DETAILS)
        .on(
            "POST",
            "/containers/{id}/exec",
            exchange -> {
              created.complete(WireJson.read(exchange.bodyBytes(), CreateExec.class));
              FakeDaemon.answer(exchange, 201, "{\"Id\":\"e1\"}");
            })
        .on(
            "POST",
            "/exec/{id}/start",
            exchange -> {
              int _ = exchange.bodyBytes().length;
              var streams = exchange.hijack("application/vnd.docker.multiplexed-stream");
              frame(streams.output(), 2, streams.input().readAllBytes().length + " bytes\n");
            })
        .on("GET", "/exec/{id}/json", 200, "{\"ExitCode\":3}");
    assertThat(caisson("exec", "-i", "-e", "A=1", "-u", "1", "-w", "/w", "c", "wc", "-c"))
        .isEqualTo(3);
    assertThat(user.err()).isEqualTo("3 bytes\n");
    assertThat(created.join().cmd()).containsExactly("wc", "-c");
    assertThat(created.join().env()).containsExactly("A=1");
    assertThat(created.join().user()).isEqualTo("1");
    assertThat(created.join().workingDir()).isEqualTo("/w");
    assertThat(created.join().attachStdin()).isTrue();
  }

  @Test
  void endsWith127WhereTheExecsCommandIsNotFound() {
    daemon
        .on("GET", "/containers/{id}/json", 200, DETAILS)
        .on("POST", "/containers/{id}/exec", 201, "{\"Id\":\"e1\"}")
        .on(
            "POST",
            "/exec/{id}/start",
            exchange -> {
              int _ = exchange.bodyBytes().length;
              FakeDaemon.refuse(exchange, 400, "exec: \"x\": executable file not found in $PATH");
            });
    assertThat(caisson("exec", "c", "x")).isEqualTo(127);
    assertThat(user.err())
        .isEqualTo("Error response from daemon: exec: \"x\": executable file not found in $PATH\n");
  }

  @Test
  void showsLogsOfBothOutputs() {
    var asked = new CompletableFuture<String>();
    daemon
        .on("GET", "/containers/{id}/json", 200, DETAILS)
        .on(
            "GET",
            "/containers/{id}/logs",
            exchange -> {
              asked.complete(
                  exchange.path("id") + " " + query(exchange, "tail", "follow", "since"));
              try (var body = exchange.stream("application/vnd.docker.multiplexed-stream")) {
                frame(body, 1, "one\n");
                frame(body, 2, "two\n");
              }
            });
    assertThat(caisson("logs", "-f", "-n", "5", "--since", "12.5", "c")).isZero();
    assertThat(user.out()).isEqualTo("one\n");
    assertThat(user.err()).isEqualTo("two\n");
    assertThat(asked.join()).isEqualTo("full tail=5 follow=1 since=12.5");
  }

  @Test
  void inspectsContainersBeforeImagesBeforeVolumes() {
    daemon
        .on(
            "GET",
            "/containers/{id}/json",
            exchange -> {
              if (exchange.path("id").equals("c")) {
                FakeDaemon.answer(exchange, 200, "{\"Name\":\"/c\"}");
              } else {
                FakeDaemon.refuse(exchange, 404, "No such container");
              }
            })
        .on(
            "GET",
            "/images/{name*}/json",
            exchange -> {
              if (exchange.path("name").equals("a/i:1")) {
                FakeDaemon.answer(exchange, 200, "{\"Name\":\"i\"}");
              } else {
                FakeDaemon.refuse(exchange, 404, "No such image");
              }
            })
        .on(
            "GET",
            "/volumes/{name}",
            exchange -> {
              if (exchange.path("name").equals("v1")) {
                FakeDaemon.answer(exchange, 200, "{\"Name\":\"v1\"}");
              } else {
                FakeDaemon.refuse(exchange, 404, "no such volume");
              }
            });
    assertThat(caisson("inspect", "-f", "{{.Name}}", "c", "a/i:1", "v1", "x")).isEqualTo(1);
    assertThat(user.out()).isEqualTo("/c\ni\nv1\n");
    assertThat(user.err()).isEqualTo("Error: No such object: x\n");
    assertThat(caisson("inspect", "--type", "image", "c")).isEqualTo(1);
    assertThat(user.err()).endsWith("Error response from daemon: No such image\n");
    assertThat(caisson("inspect", "--type", "plugin", "c")).isEqualTo(125);
    assertThat(caisson("volume", "inspect", "c")).isEqualTo(1);
    assertThat(user.err()).endsWith("Error response from daemon: no such volume\n");
  }

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
  void printsNothingFoundAsAnEmptyArray() {
    daemon.on(
        "GET",
        "/containers/{id}/json",
        exchange -> FakeDaemon.refuse(exchange, 404, "No such container: x"));
    assertThat(caisson("container", "inspect", "x")).isEqualTo(1);
    assertThat(user.out()).isEqualTo("[]\n");
    assertThat(user.err()).isEqualTo("Error response from daemon: No such container: x\n");
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

  @Test
  void refusesToAttachToWhatDoesNotRun() {
    daemon.on("GET", "/containers/{id}/json", 200, "{\"Id\":\"x\",\"State\":{\"Running\":false}}");
    assertThat(caisson("attach", "x")).isEqualTo(1);
    assertThat(user.err()).isEqualTo("cannot attach to a stopped container, start it first\n");
  }

  @Test
  void attachesAndTakesOverTheExitCode() {
    var ended = new CompletableFuture<Void>();
    daemon
        .on("GET", "/containers/{id}/json", 200, DETAILS)
        .on(
            "POST",
            "/containers/{id}/attach",
            exchange -> {
              int _ = exchange.bodyBytes().length;
              var streams = exchange.hijack("application/vnd.docker.multiplexed-stream");
              frame(streams.output(), 1, "bye\n");
              ended.complete(null);
            })
        .on(
            "POST",
            "/containers/{id}/wait",
            exchange -> {
              try (var body = exchange.stream(Exchange.JSON)) {
                body.flush();
                ended.join();
                body.write("{\"StatusCode\":9}".getBytes(StandardCharsets.UTF_8));
              }
            });
    assertThat(caisson("attach", "--no-stdin", "c")).isEqualTo(9);
    assertThat(user.out()).isEqualTo("bye\n");
  }

  @Test
  void listsLeaks() {
    daemon.on("GET", "/system/leaks", 200, "[{\"Kind\":\"process\",\"Name\":\"12 qemu\"}]");
    assertThat(caisson("system", "leaks")).isZero();
    assertThat(user.out()).isEqualTo("process\t12 qemu\n");
  }

  @Test
  void listsMakesAndRemovesTemplates() {
    daemon.on(
        "GET",
        "/system/templates",
        200,
        "[{\"Name\":\"2048m-2c\",\"Key\":\"cafe\",\"Memory\":2147483648,\"Cpus\":2,\"Size\":50000000,\"Created\":0,\"Clones\":3}]");
    daemon.on("POST", "/system/templates", 201, "{\"Name\":\"512m-2c\"}");
    daemon.on("DELETE", "/system/templates/512m-2c", 204, "");
    assertThat(caisson("system", "templates")).isZero();
    assertThat(user.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "TEMPLATE|MEMORY|CPUS|SIZE|CREATED|CLONES|KEY",
            "2048m-2c|2GiB|2|50MB|being made|3|cafe");
    assertThat(caisson("system", "templates", "make", "-m", "64m")).isZero();
    assertThat(caisson("system", "templates", "rm", "512m-2c")).isZero();
    assertThat(user.out()).endsWith("512m-2c\n512m-2c\n");
  }

  @Test
  void refusesNamesThatWouldBeOtherPaths() {
    assertThat(caisson("rm", "")).isEqualTo(1);
    assertThat(user.err()).isEqualTo("invalid container name or ID: value is empty\n");
    assertThat(daemon.requests()).isEmpty();
  }
}
