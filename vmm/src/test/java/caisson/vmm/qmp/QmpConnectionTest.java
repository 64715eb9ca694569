package caisson.vmm.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QmpConnectionTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private final BlockingQueue<QmpEvent> events = new LinkedBlockingQueue<>();

  private FakeQemu qemu(FakeQemu.Conduct conduct) throws Exception {
    return FakeQemu.start(directory.resolve("qmp"), conduct);
  }

  private QmpConnection connect(Duration timeout) {
    return QmpConnection.connect(directory.resolve("qmp"), timeout, events::add);
  }

  @Test
  void answersCommandsAndHandsOutEvents() throws Exception {
    FakeQemu.Conduct conduct =
        qemu -> {
          qemu.greet();
          long id = qemu.hear();
          qemu.say("{\"event\":\"STOP\",\"timestamp\":{}}\n");
          qemu.say(FakeQemu.answer(id + 100, "\"to nobody\""));
          qemu.say(FakeQemu.answer(id, "{\"status\":\"paused\"}"));
          qemu.say("{\"event\":\"SHUTDOWN\",\"data\":{\"reason\":\"guest-reset\"}}\n");
        };
    try (var qemu = qemu(conduct);
        var connection = connect(LONG)) {
      var answer = connection.execute("query-status", Map.of("deep", true));
      assertThat(answer.path("status").asText()).isEqualTo("paused");
      assertThat(qemu.commands()).containsExactly("qmp_capabilities", "query-status");
      assertThat(connection.awaitEnd(LONG)).isTrue();
      assertThat(events).extracting(QmpEvent::name).containsExactly("STOP", "SHUTDOWN");
    }
  }

  @Test
  void tellsWhatWasRefused() throws Exception {
    FakeQemu.Conduct conduct =
        qemu -> {
          qemu.greet();
          long id = qemu.hear();
          qemu.say(
              "{\"error\":{\"class\":\"GenericError\",\"desc\":\"no node\"},\"id\":" + id + "}\n");
          qemu.say(FakeQemu.answer(qemu.hear(), "{}"));
        };
    try (var qemu = qemu(conduct);
        var connection = connect(LONG)) {
      assertThatThrownBy(() -> connection.execute("device_del"))
          .isInstanceOf(CaissonException.class)
          .hasMessageContaining("refused device_del: no node");
      assertThat(connection.execute("stop").isEmpty()).isTrue();
      assertThat(qemu.commands()).hasSize(3);
    }
  }

  @Test
  void doesNotWaitForEver() throws Exception {
    try (var qemu = qemu(FakeQemu::hear)) {
      assertThatThrownBy(() -> connect(Duration.ofMillis(50)))
          .isInstanceOfSatisfying(
              CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT))
          .hasMessageContaining("its greeting");
      assertThat(qemu.commands()).isEmpty();
    }
  }

  @Test
  void failsWhatIsPendingWhenTheConnectionEnds() throws Exception {
    FakeQemu.Conduct conduct =
        qemu -> {
          qemu.greet();
          qemu.hear();
        };
    try (var qemu = qemu(conduct);
        var connection = connect(LONG)) {
      assertThatThrownBy(() -> connection.execute("cont"))
          .hasMessageContaining("has not sent the answer to cont: the connection was closed");
      assertThatThrownBy(() -> connection.execute("cont"))
          .hasMessageContaining("is not connected any more: the connection was closed");
      assertThat(qemu.commands()).endsWith("cont");
    }
  }

  @Test
  void refusesWhatIsNoGreeting() throws Exception {
    for (var words : new String[] {"{\"hello\":1}\n", "garbage\n", "[1]\n", "\n", "\0\n"}) {
      var path = directory.resolve("qmp" + words.length());
      try (var qemu = FakeQemu.start(path, rude -> rude.say(words))) {
        assertThatThrownBy(() -> QmpConnection.connect(path, LONG, events::add))
            .as(words)
            .isInstanceOf(CaissonException.class)
            .hasMessageContaining("has not sent its greeting");
        assertThat(qemu.commands()).isEmpty();
      }
    }
  }

  @Test
  void takesLinesUpToTheLimitAndNoFurther() throws Exception {
    var frame = FakeQemu.answer(2, "\"\"").length() - 1;
    for (int excess : new int[] {0, 1}) {
      var text = "x".repeat(JsonLines.MAX_LINE - frame + excess);
      FakeQemu.Conduct conduct =
          qemu -> {
            qemu.greet();
            qemu.say(FakeQemu.answer(qemu.hear(), "\"" + text + "\""));
            qemu.hear();
          };
      var path = directory.resolve("qmp" + excess);
      try (var qemu = FakeQemu.start(path, conduct);
          var connection = QmpConnection.connect(path, LONG, events::add)) {
        if (excess == 0) {
          assertThat(connection.execute("query-long").asText()).hasSize(text.length());
        } else {
          assertThatThrownBy(() -> connection.execute("query-long"))
              .hasMessageContaining("a line is longer than");
        }
        assertThat(qemu.commands()).contains("query-long");
      }
    }
  }

  @Test
  void takesNestingUpToTheLimitAndNoFurther() throws Exception {
    int inside = JsonLines.MAX_NESTING - 1; // the message itself is one
    for (int excess : new int[] {0, 1}) {
      var value = "[".repeat(inside + excess) + "]".repeat(inside + excess);
      FakeQemu.Conduct conduct =
          qemu -> {
            qemu.greet();
            qemu.say(FakeQemu.answer(qemu.hear(), value));
            qemu.hear();
          };
      var path = directory.resolve("qmp" + excess);
      try (var qemu = FakeQemu.start(path, conduct);
          var connection = QmpConnection.connect(path, LONG, events::add)) {
        if (excess == 0) {
          assertThat(connection.execute("query-deep").isArray()).isTrue();
        } else {
          assertThatThrownBy(() -> connection.execute("query-deep"))
              .hasMessageContaining("no JSON");
        }
        assertThat(qemu.commands()).contains("query-deep");
      }
    }
  }

  @Test
  void saysThatNobodyListens() {
    assertThatThrownBy(() -> connect(LONG))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("cannot connect to QEMU at " + directory.resolve("qmp"));
  }

  @Test
  void survivesEventsThatNobodyReadsInTime() throws Exception {
    FakeQemu.Conduct conduct =
        qemu -> {
          qemu.greet();
          qemu.say("{\"event\":\"RTC_CHANGE\",\"data\":{\"offset\":1}}\n".repeat(10_000));
          qemu.say(FakeQemu.answer(qemu.hear(), "{}"));
        };
    try (var qemu = qemu(conduct);
        var connection = connect(LONG)) {
      connection.execute("cont");
      assertThat(qemu.commands()).endsWith("cont");
      assertThat(events).hasSize(10_000);
      assertThat(events.poll(1, TimeUnit.SECONDS)).isNotNull();
    }
  }
}
