package caisson.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.engine.ContainerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
  private static final Instant T = Instant.parse("2026-01-02T03:04:05.000000006Z");
  private static final List<ContainerState> STATES =
      List.of(
          new ContainerState.Created(Optional.empty()),
          new ContainerState.Created(
              Optional.of(new ContainerState.StartFailure(127, "no such file \"x\""))),
          new ContainerState.Running(T, "0123456789ab", 42),
          new ContainerState.Paused(T, "0123456789ab", 42),
          new ContainerState.Exited(137, T, T.plusSeconds(1), true, Optional.of("oom")),
          new ContainerState.Restarting(
              new ContainerState.Exited(1, T, T.plusSeconds(1), false, Optional.empty())),
          new ContainerState.Dead("disk gone"));

  @TempDir Path folder;

  @Test
  void remembersTheLastStateOfEachContainer() {
    var one = ContainerId.random();
    var two = ContainerId.random();
    try (var journal = open()) {
      for (var state : STATES) {
        journal.append(one, new Journal.Entry(state, 3, true, 10, 20));
      }
      journal.append(two, new Journal.Entry(STATES.getFirst(), 0, false, 0, 0));
    }
    try (var journal = open()) {
      assertThat(journal.entry(one)).contains(new Journal.Entry(STATES.getLast(), 3, true, 10, 20));
      assertThat(journal.entry(two).orElseThrow().state()).isEqualTo(STATES.getFirst());
      assertThat(journal.entry(ContainerId.random())).isEmpty();
    }
  }

  @Test
  void everyStateSurvivesAReopening() {
    for (var state : STATES) {
      var id = ContainerId.random();
      try (var journal = open()) {
        journal.append(id, new Journal.Entry(state, 0, false, 0, 0));
      }
      try (var journal = open()) {
        assertThat(journal.entry(id).orElseThrow().state()).isEqualTo(state);
      }
    }
  }

  @Test
  void dropsALineThatACrashCutShort() throws IOException {
    var id = ContainerId.random();
    try (var journal = open()) {
      journal.append(id, new Journal.Entry(STATES.get(2), 0, false, 0, 0));
    }
    Files.writeString(file(), "{\"id\":\"" + id + "\",\"state\":\"ex", StandardOpenOption.APPEND);
    try (var journal = open()) {
      assertThat(journal.entry(id).orElseThrow().state()).isEqualTo(STATES.get(2));
    }
  }

  @Test
  void staysSmallHoweverMuchHappens() throws IOException {
    var id = ContainerId.random();
    try (var journal = open()) {
      for (int i = 0; i < 20_000; i++) {
        journal.append(id, new Journal.Entry(STATES.get(2), i, false, 0, 0));
      }
    }
    assertThat(Files.size(file())).isLessThan((1 << 20) + 1000);
    try (var journal = open()) {
      assertThat(journal.entry(id).orElseThrow().restarts()).isEqualTo(19_999);
      assertThat(Files.size(file())).isLessThan(1000);
    }
  }

  @Test
  void forgetsContainersThatAreNoMore() {
    var there = ContainerId.random();
    var gone = ContainerId.random();
    try (var journal = open()) {
      journal.append(gone, new Journal.Entry(STATES.get(2), 0, false, 0, 0));
      journal.append(there, new Journal.Entry(STATES.get(2), 0, false, 0, 0));
      journal.retain(Set.of(there));
      assertThat(journal.entry(gone)).isEmpty();
      assertThat(journal.entry(there)).isPresent();
    }
  }

  private Path file() {
    return folder.resolve("journal");
  }

  @Test
  void whatHasHappenedIsWrittenAsSoonAsThereIsRoom() throws Exception {
    var small = Files.createDirectory(folder.resolve("small"));
    run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString());
    try {
      var file = small.resolve("journal");
      var ballast = small.resolve("ballast");
      var id = ContainerId.random();
      var running = new Journal.Entry(STATES.get(2), 0, false, 0, 0);
      var exited = new Journal.Entry(STATES.get(4), 0, false, 0, 0);
      try (var journal = Journal.open(file)) {
        journal.append(id, running);
        fill(ballast);
        assertThatThrownBy(() -> appendPages(journal, running))
            .isInstanceOf(CaissonException.class)
            .hasMessageContaining("No space left on device");
        journal.appendInTime(id, exited);
        assertThat(journal.entry(id)).contains(exited);
      }
      try (var journal = Journal.open(file)) {
        assertThat(journal.entry(id)).as("a full disk keeps nothing").contains(running);
        fill(ballast);
        assertThatThrownBy(() -> appendPages(journal, running))
            .isInstanceOf(CaissonException.class);
        journal.appendInTime(id, exited);
        Files.delete(ballast);
      }
      try (var journal = Journal.open(file)) {
        assertThat(journal.entry(id)).contains(exited);
      }
    } finally {
      run("umount", small.toString());
    }
  }

  /** More than fits into what the file has already. */
  private static void appendPages(Journal journal, Journal.Entry entry) {
    for (int i = 0; i < 100; i++) {
      journal.append(ContainerId.random(), entry);
    }
  }

  private static void fill(Path ballast) throws IOException {
    try (var file = Files.newOutputStream(ballast)) {
      while (Files.getFileStore(ballast).getUsableSpace() > 0) {
        file.write(new byte[4096]);
      }
    }
  }

  private static void run(String... words) throws Exception {
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
  }

  private Journal open() {
    return Journal.open(file());
  }
}
