package caisson.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WireJsonTest {
  @Test
  void readsWhatDockersClientSends() {
    var request = WireJson.read(resource("create-28.2.json"), CreateContainer.class);
    assertThat(request.config().image()).isEqualTo("bb");
    assertThat(request.config().command())
        .isEqualTo(
            new CommandConfig(
                Optional.empty(), Optional.of(List.of("echo", "hi")), List.of(), "", ""));
    assertThat(request.config().streams())
        .isEqualTo(new StreamConfig(false, true, true, false, false, false));
    assertThat(request.hostConfig().autoRemove()).isTrue();
    assertThat(request.hostConfig().networkMode()).isEqualTo("default");
    assertThat(request.hostConfig().resources().memorySwappiness()).contains(-1L);
  }

  @Test
  void writesARequestThatReadsTheSame() {
    var request = WireJson.read(resource("create-28.2.json"), CreateContainer.class);
    assertThat(WireJson.read(WireJson.write(request), CreateContainer.class)).isEqualTo(request);
  }

  @Test
  void takesEveryAbsentOrNullFieldAsItsDefault() {
    var bare = WireJson.read("{\"Image\":\"a\"}".getBytes(UTF_8), CreateContainer.class);
    var nulls =
        "{\"Image\":\"a\",\"Env\":null,\"Tty\":null,\"Labels\":null,\"HostConfig\":null,\"Cmd\":null}";
    assertThat(WireJson.read(nulls.getBytes(UTF_8), CreateContainer.class)).isEqualTo(bare);
    assertThat(bare.hostConfig()).isEqualTo(HostConfig.DEFAULT);
    assertThat(bare.hostConfig().resources().memory()).isZero();
  }

  @Test
  void readsNamesInAnyCaseAndOneTextAsAList() {
    var json = "{\"image\":\"a\",\"CMD\":\"sh\",\"hostconfig\":{\"capadd\":[\"ALL\"]}}";
    var request = WireJson.read(json.getBytes(UTF_8), CreateContainer.class);
    assertThat(request.config().command().cmd()).contains(List.of("sh"));
    assertThat(request.hostConfig().confinement().capAdd()).containsExactly("ALL");
  }

  @Test
  void writesDockersNamesAndMoments() {
    var state =
        new ContainerDetails.State(
            "exited",
            false,
            false,
            false,
            true,
            false,
            0,
            137,
            "",
            Instant.parse("2026-11-24T04:13:55.909657350Z"),
            Instant.parse("0001-01-01T00:00:00Z"),
            Optional.empty());
    assertThat(WireJson.write(state))
        .asString()
        .isEqualTo(
            "{\"Status\":\"exited\",\"Running\":false,\"Paused\":false,\"Restarting\":false,"
                + "\"OOMKilled\":true,\"Dead\":false,\"Pid\":0,\"ExitCode\":137,\"Error\":\"\","
                + "\"StartedAt\":\"2026-11-24T04:13:55.909657350Z\","
                + "\"FinishedAt\":\"0001-01-01T00:00:00Z\"}");
    assertThat(WireJson.write(new WaitResult(Optional.empty(), 7)))
        .asString()
        .isEqualTo("{\"Error\":null,\"StatusCode\":7}");
    assertThat(WireJson.write(ImageRemoval.untagged("a:1")))
        .asString()
        .isEqualTo("{\"Untagged\":\"a:1\"}");
  }

  @Test
  void refusesWhatIsNotTheDocument() {
    for (var bad : List.of("", "null", "[]", "{", "{} {}", "{\"Env\":{}}", "[".repeat(65))) {
      assertThatThrownBy(() -> WireJson.read(bad.getBytes(UTF_8), CreateContainer.class))
          .as(bad)
          .isInstanceOf(CaissonException.class)
          .hasMessageStartingWith("invalid JSON: ");
    }
  }

  private static byte[] resource(String name) {
    try (var in = WireJsonTest.class.getResourceAsStream(name)) {
      return java.util.Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
