package caisson.cli;

import static caisson.cli.fake.FakeContainer.frame;
import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.http.Exchange;
import caisson.api.wire.CreateExec;
import caisson.api.wire.WireJson;
import caisson.cli.fake.FakeDaemon;
import caisson.cli.fake.FakeUser;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands beside {@code run}, against a daemon that answers as Docker's does. */
@Timeout(60)
class CommandsTest extends WithFakeDaemon {
  private static final String DETAILS =
      """
      {"Id":"full","Config":{"Tty":false,"OpenStdin":true},"State":{"Running":true},
       "HostConfig":{"AutoRemove":false}}\
      """;

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
