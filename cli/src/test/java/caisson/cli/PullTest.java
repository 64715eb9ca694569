package caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.http.Exchange;
import caisson.cli.fake.FakeDaemon;
import caisson.cli.fake.FakeUser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images and accounts of registries, against a daemon that answers as Docker's does. */
@Timeout(60)
final class PullTest {
  private static final String LINES =
      """
      {"status":"Pulling from library/bb","id":"1"}
      {"status":"Pulling fs layer","progressDetail":{},"id":"aaa"}
      {"status":"Pulling fs layer","progressDetail":{},"id":"bbb"}
      {"status":"Downloading","progressDetail":{"current":500,"total":1000},"id":"aaa"}
      {"status":"Pull complete","progressDetail":{},"id":"aaa"}
      {"status":"Status: Downloaded newer image for bb:1"}
      """;

  @TempDir private Path home;

  private final FakeDaemon daemon = new FakeDaemon();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> accounts = new CopyOnWriteArrayList<>();
  private FakeUser user = FakeUser.piping("");

  @AfterEach
  void stop() {
    daemon.close();
  }

  private int caisson(String... words) {
    var environment = Map.of("HOME", home.toString());
    return new CommandLine(user.console(), _ -> user.session(daemon.socket(), environment))
        .run(List.of(words));
  }

  private void serve(String lines) {
    daemon.on(
        "POST",
        "/images/create",
        exchange -> {
          var query = exchange.query();
          asked.add(
              "%s %s %s"
                  .formatted(
                      query.text("fromImage").orElse(""),
                      query.text("tag").orElse(""),
                      query.text("platform").orElse("")));
          exchange
              .requestHeader("X-Registry-Auth")
              .ifPresent(header -> accounts.add(decode(header)));
          FakeDaemon.answer(exchange, 200, lines);
        });
  }

  private static String decode(String header) {
    return new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
  }

  private Path config() {
    return home.resolve(".docker/config.json");
  }

  @Test
  void showsPlainLinesWhereNobodyWatches() {
    serve(LINES);
    assertThat(caisson("pull", "bb:1")).isZero();
    assertThat(user.out())
        .isEqualTo(
            """
            1: Pulling from library/bb
            aaa: Pulling fs layer
            bbb: Pulling fs layer
            aaa: Pull complete
            Status: Downloaded newer image for bb:1
            docker.io/library/bb:1
            """);
    assertThat(asked).containsExactly("bb:1  ");
  }

  @Test
  void rewritesARowForEachLayerOnATerminal() {
    user = FakeUser.typing(new ByteArrayInputStream(new byte[0]));
    serve(LINES);
    assertThat(caisson("pull", "--platform", "linux/amd64", "r:5/bb")).isZero();
    assertThat(user.out())
        .startsWith("Using default tag: latest\n1: Pulling from library/bb\r\n")
        .contains("bbb: Pulling fs layer\r\n")
        .contains(
            "\033[2A\033[2K\raaa: Downloading [===============>               ]  500B/1kB\r\033[2B")
        .endsWith("Status: Downloaded newer image for bb:1\nr:5/bb:latest\n");
    assertThat(asked).containsExactly("r:5/bb latest linux/amd64");
  }

  @Test
  void saysOnlyTheNameWhenItShallBeQuiet() {
    serve(LINES);
    assertThat(caisson("pull", "-q", "team/bb@sha256:abc")).isZero();
    assertThat(user.out()).isEqualTo("docker.io/team/bb@sha256:abc\n");
    assertThat(caisson("pull", "-a", "bb")).isEqualTo(1);
    assertThat(user.err()).contains("--all-tags is not supported");
  }

  @Test
  void failsWithTheWordsOfALine() {
    serve("{\"errorDetail\":{\"message\":\"damaged\"},\"error\":\"damaged\"}");
    assertThat(caisson("pull", "bb")).isEqualTo(1);
    assertThat(user.err()).isEqualTo("damaged\n");
  }

  @Test
  void pullsWhatIsMissingBeforeItCreates() {
    serve(LINES);
    var missing = new AtomicBoolean(true);
    daemon.on("POST", "/containers/create", exchange -> create(exchange, missing));
    assertThat(caisson("create", "bb")).isZero();
    assertThat(user.out()).isEqualTo("id\n");
    assertThat(user.err())
        .startsWith("Unable to find image 'bb:latest' locally\n1: Pulling from library/bb\n");
    missing.set(true);
    assertThat(caisson("create", "--pull", "never", "bb")).isEqualTo(1);
    assertThat(caisson("create", "--pull", "always", "-q", "bb")).isZero();
    assertThat(asked).hasSize(2);
  }

  @Test
  void aSignalBreaksAPullOff() throws Exception {
    var begun = new CountDownLatch(1);
    daemon.on("POST", "/containers/create", 404, "{\"message\":\"No such image: bb:latest\"}");
    daemon.on(
        "POST",
        "/images/create",
        exchange -> {
          try (var lines = exchange.stream(Exchange.JSON);
              var _ = exchange.watchHangup()) {
            lines.write(LINES.getBytes(StandardCharsets.UTF_8));
            lines.flush();
            begun.countDown();
            new CountDownLatch(1).await();
          }
        });
    var code = new CompletableFuture<Integer>();
    Thread.ofVirtual().start(() -> code.complete(caisson("run", "bb")));
    begun.await();
    user.signals().send("INT");
    assertThat(code.get()).isEqualTo(130);
  }

  private static void create(Exchange exchange, AtomicBoolean missing) throws IOException {
    if (missing.getAndSet(false)) {
      FakeDaemon.refuse(exchange, 404, "No such image: bb:latest");
    } else {
      FakeDaemon.answer(exchange, 201, "{\"Id\":\"id\",\"Warnings\":[]}");
    }
  }

  @Test
  void keepsAnAccountThatIsAcceptedAndShowsItToItsRegistryOnly() throws IOException {
    serve(LINES);
    daemon.on("POST", "/auth", 200, "{\"Status\":\"Login Succeeded\"}");
    user = FakeUser.piping("sec:ret\n");
    Files.createDirectories(config().getParent());
    Files.writeString(config(), "{\"detachKeys\":\"ctrl-q\"}");
    assertThat(caisson("login", "-u", "me", "--password-stdin", "https://r:5/v2/")).isZero();
    assertThat(user.out()).isEqualTo("Login Succeeded\n");
    assertThat(user.err()).contains("stored unencrypted in '" + config() + "'");
    assertThat(Files.readString(config()))
        .contains("\"detachKeys\": \"ctrl-q\"", "\"r:5\": {", "bWU6c2VjOnJldA==");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config())))
        .isEqualTo("rw-------");
    caisson("pull", "r:5/bb");
    caisson("pull", "bb");
    assertThat(accounts)
        .containsExactly(
            "{\"username\":\"me\",\"password\":\"sec:ret\",\"serveraddress\":\"r:5\"}");
    assertThat(caisson("logout", "r:5")).isZero();
    assertThat(caisson("logout", "r:5")).isZero();
    assertThat(user.out())
        .contains("Removing login credentials for r:5\n", "Not logged in to r:5\n");
    assertThat(Files.readString(config())).doesNotContain("r:5");
  }

  @Test
  void asksForWhatIsNotSaidAndDoesNotKeepWhatIsRefused() {
    daemon.on("POST", "/auth", 401, "{\"message\":\"unauthorized\"}");
    user =
        FakeUser.typing(
            new ByteArrayInputStream("me\nx\177secret\r".getBytes(StandardCharsets.US_ASCII)));
    assertThat(caisson("login")).isEqualTo(1);
    assertThat(user.err())
        .isEqualTo("Username: Password: \nError response from daemon: unauthorized\n");
    assertThat(user.screen().restored()).isTrue();
    assertThat(config()).doesNotExist();
  }

  @Test
  void refusesFlagsThatContradictEachOther() {
    assertThat(caisson("login", "-p", "a", "--password-stdin")).isEqualTo(1);
    assertThat(caisson("login", "--password-stdin")).isEqualTo(1);
    assertThat(caisson("login")).isEqualTo(1);
    assertThat(user.err())
        .contains("mutually exclusive", "Must provide --username", "without a terminal");
  }
}
