package caisson.engine.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.ContainerState;
import caisson.engine.Output.Source;
import caisson.engine.Signal;
import caisson.guest.protocol.ArchiveSetup;
import caisson.guest.protocol.PathStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of containers, by way of guests. */
@Timeout(60)
final class ContainerFilesTest {
  @TempDir Path root;
  private final FakeSandboxes sandboxes = new FakeSandboxes();
  private LocalEngine engine;

  @BeforeEach
  void open() {
    engine = LocalEngine.open(root, sandboxes);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void filesOfAContainerThatDoesNotRunAreAGuestsThatIsStartedForThem() throws IOException {
    sandboxes.fileWork =
        (work, process) -> {
          var status = new PathStatus(0100644, 7, 9, "link").toBytes();
          try {
            process.events.output(
                Source.STDOUT,
                work.kind() == ArchiveSetup.Kind.STATUS ? status : work.name().getBytes(UTF_8));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          process.end(0);
        };
    var id = create();
    var output = new ByteArrayOutputStream();
    try (var files = engine.containers().files(id)) {
      assertThat(files.status("/a").link()).isEqualTo("link");
      files.read("/a", "b", output);
    }
    assertThat(output.toString(UTF_8)).isEqualTo("b");
    assertThat(sandboxes.running).isEmpty();
    assertThat(engine.containers().inspect(id).state()).isInstanceOf(ContainerState.Created.class);
    engine.containers().start(id);
  }

  @Test
  void aContainerStandsStillWhileItsLayerIsReadAndGoesOnWhateverHappens() throws IOException {
    sandboxes.fileWork = (_, process) -> process.end(0);
    var id = create();
    engine.containers().start(id);
    var machine = sandboxes.running.values().iterator().next();
    try (var files = engine.containers().files(id)) {
      files.readLayer(false, OutputStream.nullOutputStream());
      assertThat(machine.calls).containsExactly("hold", "release");
      machine.calls.clear();
      files.readLayer(true, OutputStream.nullOutputStream());
      assertThat(machine.calls).containsExactly("hold still", "release");
      sandboxes.fileWork = (_, process) -> process.end(2);
      assertThatThrownBy(() -> files.readLayer(true, OutputStream.nullOutputStream()))
          .isInstanceOf(CaissonException.class);
      assertThat(machine.calls).containsExactly("hold still", "release", "hold still", "release");
    }
  }

  @Test
  void aPausedContainersFilesAreWithinReach() {
    sandboxes.fileWork = (_, process) -> process.end(0);
    var id = create();
    engine.containers().start(id);
    engine.containers().pause(id);
    try (var files = engine.containers().files(id)) {
      assertThat(files.changes()).isEmpty();
    }
    assertThat(sandboxes.running.values().iterator().next().calls)
        .containsExactly("pause", "hold", "release");
    assertThat(engine.containers().inspect(id).state()).isInstanceOf(ContainerState.Paused.class);
  }

  @Test
  void whatAGuestSaysWentWrongWithFilesIsTold() {
    sandboxes.fileWork =
        (_, process) -> {
          try {
            process.events.output(Source.STDERR, "no such thing".getBytes(UTF_8));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          process.end(2);
        };
    var id = create();
    engine.containers().start(id);
    try (var files = engine.containers().files(id)) {
      assertThatThrownBy(() -> files.status("/a"))
          .isInstanceOfSatisfying(
              CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
          .hasMessage("no such thing");
      assertThatThrownBy(() ->
              files.write("/a", true, Optional.empty(), new ByteArrayInputStream(new byte[9])))
          .hasMessage("no such thing");
    }
    assertThat(sandboxes.running).as("its own guest").hasSize(1);
  }

  @Test
  void aReaderOfFilesThatGoesAwayEndsTheWork() {
    var killed = new CompletableFuture<FakeSandboxes.FakeProcess>();
    sandboxes.fileWork =
        (_, process) -> {
          try {
            process.events.output(Source.STDOUT, new byte[1]);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          killed.complete(process);
        };
    var gone =
        new OutputStream() {
          @Override
          public void write(int each) throws IOException {
            throw new IOException("gone");
          }
        };
    try (var files = engine.containers().files(create())) {
      assertThatThrownBy(() -> files.read("/a", "a", gone)).hasMessage("gone");
    }
    assertThat(killed.join().signals).containsExactly(Signal.KILL);
  }

  private ContainerId create() {
    var id = ContainerId.random();
    engine.containers().create(id, ContainerRequests.mounting(false, "db"));
    return id;
  }
}
