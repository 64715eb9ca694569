package caisson.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.cli.fake.FakeDaemon;
import caisson.cli.fake.FakeUser;
import caisson.cli.fake.Words;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables of containers and images, beside those that Docker prints of the same documents. */
class ListsTest {
  private static final Clock NOW =
      Clock.fixed(Instant.ofEpochSecond(1_795_493_650), ZoneOffset.UTC);

  private final FakeDaemon daemon = new FakeDaemon();
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final FakeUser user = FakeUser.piping("");

  @BeforeEach
  void listWhatIsInTheFiles() throws IOException {
    answer("/containers/json", golden("containers.json"));
    answer("/images/json", golden("images.json"));
  }

  private void answer(String path, byte[] document) {
    daemon.on(
        "GET",
        path,
        exchange -> {
          var query = exchange.query();
          queries.add(
              "all=%s limit=%s filters=%s"
                  .formatted(
                      query.flag("all"),
                      query.text("limit").orElse(""),
                      query.text("filters").orElse("")));
          exchange.answer(200, "application/json", document);
        });
  }

  private static byte[] golden(String name) throws IOException {
    try (var resource = ListsTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(resource, name).readAllBytes();
    }
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private String run(Command command, String... words) {
    int code = command.run(user.session(daemon.socket(), Map.of()), Words.of(command, words));
    assertThat(code).isZero();
    return user.out();
  }

  private static String text(String name) throws IOException {
    return new String(golden(name), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void showsContainersInATable() throws IOException {
    assertThat(run(new Ps(NOW))).isEqualTo(text("ps.txt"));
    assertThat(queries).containsExactly("all=false limit= filters=");
  }

  @Test
  void showsWholeValues() throws IOException {
    assertThat(run(new Ps(NOW), "--no-trunc")).isEqualTo(text("ps-no-trunc.txt"));
  }

  @Test
  void asksForWhatIsWanted() {
    run(new Ps(NOW), "-a", "-n", "3", "-f", "name=x", "--filter", "label=a=b", "-f", "name=y");
    run(new Ps(NOW), "-l");
    assertThat(queries)
        .containsExactly(
            "all=true limit=3 filters={\"name\":{\"x\":true,\"y\":true},\"label\":{\"a=b\":true}}",
            "all=false limit=1 filters=");
  }

  @Test
  void printsIdsAndTemplates() {
    assertThat(run(new Ps(NOW), "-q")).isEqualTo("257625b9b60c\n0f0e0d0c0b0a\n");
    assertThat(run(new Ps(NOW), "--format", "{{.Names}} {{.State}}"))
        .endsWith("c1 running\nweb exited\n");
  }

  @Test
  void showsImagesInATable() throws IOException {
    assertThat(run(new Images(NOW))).isEqualTo(text("images.txt"));
  }

  @Test
  void showsWholeImageIds() throws IOException {
    assertThat(run(new Images(NOW), "-q", "--no-trunc")).isEqualTo(text("images-quiet.txt"));
  }

  @Test
  void asksForImagesOfAName() {
    run(new Images(NOW), "-a", "bb*");
    assertThat(queries).containsExactly("all=true limit= filters={\"reference\":{\"bb*\":true}}");
  }
}
