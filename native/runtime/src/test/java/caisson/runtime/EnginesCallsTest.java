package caisson.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command line that engines were seen to give runc: one a line, its words without spaces. */
final class EnginesCallsTest {
  private static List<String> calls(String engine) {
    try (var stream = EnginesCallsTest.class.getResourceAsStream(engine + "-calls.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"podman", "containerd"})
  void areUnderstood(String engine) {
    Set<String> seen = new TreeSet<>();
    for (var call : calls(engine)) {
      var global = Main.global(List.of(call.split(" ")));
      if (global.operands().isEmpty()) {
        assertThat(global.flag("version")).isTrue();
      } else {
        seen.add(read(call, global));
      }
    }
    assertThat(seen)
        .contains("create", "start", "exec", "kill", "delete", "pause", "resume")
        .contains(engine.equals("podman") ? "update" : "ps");
  }

  private static String read(String call, Options global) {
    var words = new ArrayList<>(global.operands());
    var command = Command.of(words.removeFirst());
    if (words.remove("--preserve-fds")) {
      assertThatThrownBy(() -> command.parse(List.of("--preserve-fds", "1", "id")))
          .hasMessageContaining("--preserve-fds: 1 descriptors");
      words.remove("1");
    }
    var options = command.parse(words);
    assertThat(options.id()).as(call).matches("[0-9a-f]{64}|t\\d");
    if (command == Command.CREATE || command == Command.EXEC) {
      assertThat(options.value("pid-file")).as(call).isPresent();
    }
    assertThat(options.operands()).as(call).hasSize(command == Command.KILL ? 2 : 1);
    return command.word();
  }

  @Test
  void descriptorsOfTheHostAreRefusedAndNoneAreNot() {
    assertThat(Command.RUN.parse(List.of("--preserve-fds", "0", "id")).id()).isEqualTo("id");
  }
}
