package caisson.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.ByteSize;
import caisson.engine.LogLimits;
import caisson.engine.LogQuery;
import caisson.engine.Output.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonLogTest {
  private static final LogLimits SMALL = new LogLimits(new ByteSize(1000), 3);

  @TempDir Path folder;

  @Test
  void writesDockersForm() throws IOException {
    try (var log = open(LogLimits.DEFAULT)) {
      log.append(Source.STDOUT, bytes("a \"quoted\" line\nrest"));
    }
    var lines = Files.readAllLines(folder.resolve("log"));
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .startsWith("{\"log\":\"a \\\"quoted\\\" line\\n\",\"stream\":\"stdout\",\"time\":\"20");
    assertThat(lines.getLast()).contains("\"log\":\"rest\"").endsWith("\"offsets\":[20,0]}");
  }

  @Test
  void givesBackWhatWasWrittenInOrder() throws Exception {
    try (var log = open(LogLimits.DEFAULT)) {
      log.append(Source.STDOUT, bytes("one\n"));
      log.append(Source.STDERR, bytes("two\n"));
      log.append(Source.STDOUT, bytes("three\n"));
      assertThat(read(log, OptionalInt.empty())).containsExactly("one\n", "two\n", "three\n");
    }
  }

  @Test
  void givesBackEveryByteEvenWhereACharacterIsCut() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    byte[] euro = bytes("\u20ac\n");
    try (var log = open(LogLimits.DEFAULT)) {
      log.append(Source.STDOUT, all);
      log.append(Source.STDOUT, Arrays.copyOf(euro, 1));
      log.append(Source.STDOUT, Arrays.copyOfRange(euro, 1, euro.length));
      log.append(Source.STDOUT, bytes("\ufffd is not always a mistake\n"));
      var query =
          new LogQuery(true, true, OptionalInt.empty(), Optional.empty(), Optional.empty(), false);
      var read = new ByteArrayOutputStream();
      try (var reader = log.read(query)) {
        for (var e = reader.next(); e.isPresent(); e = reader.next()) {
          read.writeBytes(e.get().bytes());
        }
      }
      var expected = new ByteArrayOutputStream();
      expected.writeBytes(all);
      expected.writeBytes(euro);
      expected.writeBytes(bytes("\ufffd is not always a mistake\n"));
      assertThat(read.toByteArray()).isEqualTo(expected.toByteArray());
    }
  }

  @Test
  void aReaderThatDoesNotFollowStopsWhereTheLogEnded() throws Exception {
    try (var log = open(SMALL)) {
      log.append(Source.STDOUT, bytes("before\n"));
      var query =
          new LogQuery(true, true, OptionalInt.empty(), Optional.empty(), Optional.empty(), false);
      try (var reader = log.read(query)) {
        for (int i = 0; i < 20; i++) {
          log.append(Source.STDOUT, bytes("after\n"));
        }
        assertThat(reader.next().orElseThrow().bytes()).isEqualTo(bytes("before\n"));
        assertThat(reader.next()).isEmpty();
      }
    }
  }

  @Test
  void aLogThatIsClosedTakesNothing() {
    var log = open(LogLimits.DEFAULT);
    log.close();
    assertThatThrownBy(() -> log.append(Source.STDOUT, bytes("x")))
        .hasMessageContaining("is closed");
  }

  @Test
  void rotatesAndKeepsSoManyFiles() throws Exception {
    try (var log = open(SMALL)) {
      for (int i = 0; i < 100; i++) {
        log.append(Source.STDOUT, bytes("line " + i + "\n"));
      }
      assertThat(folder.toFile().list()).containsExactlyInAnyOrder("log", "log.1", "log.2");
      var lines = read(log, OptionalInt.empty());
      assertThat(lines.getLast()).isEqualTo("line 99\n");
      assertThat(lines.getFirst()).isEqualTo("line " + (100 - lines.size()) + "\n");
      assertThat(Files.size(folder.resolve("log.1"))).isLessThanOrEqualTo(1000);
    }
  }

  @Test
  void tailCountsAcrossFiles() throws Exception {
    try (var log = open(SMALL)) {
      for (int i = 0; i < 20; i++) {
        log.append(Source.STDOUT, bytes(i + "\n"));
      }
      for (int tail = 0; tail <= 20; tail++) {
        var lines = read(log, OptionalInt.of(tail));
        assertThat(lines).hasSize(tail);
        if (tail > 0) {
          assertThat(lines.getFirst()).isEqualTo(20 - tail + "\n");
        }
      }
    }
  }

  @Test
  void aFollowerSeesEveryLineAcrossRotations() throws Exception {
    try (var log = open(new LogLimits(new ByteSize(2000), 50))) {
      var seen = new ArrayList<String>();
      var query =
          new LogQuery(true, true, OptionalInt.empty(), Optional.empty(), Optional.empty(), true);
      var reader = log.read(query);
      var thread =
          Thread.startVirtualThread(() -> {
            try {
              for (var e = reader.next(); e.isPresent(); e = reader.next()) {
                seen.add(new String(e.get().bytes(), StandardCharsets.UTF_8));
              }
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      for (int i = 0; i < 500; i++) {
        log.append(Source.STDOUT, bytes(i + "\n"));
      }
      log.end();
      thread.join();
      assertThat(seen).hasSize(500).startsWith("0\n").endsWith("499\n");
    }
  }

  @Test
  void aRestartedDaemonKnowsHowFarEachStreamCame() throws IOException {
    try (var log = open(SMALL)) {
      log.append(Source.STDERR, bytes("early\n"));
      for (int i = 0; i < 100; i++) {
        log.append(Source.STDOUT, bytes("0123456789\n"));
      }
    }
    Files.writeString(folder.resolve("log"), "{\"log\":\"cut sho", StandardOpenOption.APPEND);
    try (var log = open(SMALL)) {
      assertThat(log.written(Source.STDOUT)).isEqualTo(1100);
      assertThat(log.written(Source.STDERR)).isEqualTo(6);
      log.append(Source.STDOUT, bytes("x\n"));
    }
    assertThat(Files.readString(folder.resolve("log"))).doesNotContain("cut sho");
  }

  private JsonLog open(LogLimits limits) {
    return JsonLog.open(folder.resolve("log"), limits);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> read(JsonLog log, OptionalInt tail) throws InterruptedException {
    var query = new LogQuery(true, true, tail, Optional.empty(), Optional.empty(), false);
    var lines = new ArrayList<String>();
    try (var reader = log.read(query)) {
      for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        lines.add(new String(entry.get().bytes(), StandardCharsets.UTF_8));
      }
    }
    return lines;
  }
}
