package caisson.it.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.ContainerState;
import caisson.it.engine.MachineEngine.Wishes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Guests that do not come up: the error says which step, how long, and the console's end. */
@Timeout(300)
final class BootFailureTest {
  @TempDir Path directory;

  @Test
  void aGuestWithoutAnInitPanicsAndItsConsoleIsShown() throws Exception {
    refused(
        Newc.archive(),
        Duration.ofMinutes(2),
        "its agent did not come up in",
        "kernel panicked",
        "the end of its console:",
        "Kernel panic - not syncing");
  }

  @Test
  void aGuestWhoseInitHangsIsGivenUpInTime() throws Exception {
    var script = "#!/busybox sh\n/busybox echo stuck > /console; /busybox sleep 1000\n";
    var archive =
        Newc.archive(
            Newc.file("init", script.getBytes(StandardCharsets.UTF_8)),
            Newc.file("busybox", Files.readAllBytes(Path.of("/bin/busybox"))));
    refused(archive, Duration.ofSeconds(15), "did not answer the hello within 15 s", "its console");
  }

  private void refused(byte[] initramfs, Duration boot, String... words) throws Exception {
    var file = Files.write(directory.resolve("initramfs"), initramfs);
    try (var engine = MachineEngine.openBroken(file, boot)) {
      var id = engine.create(Wishes.NONE, "true");
      assertThatThrownBy(() -> engine.engine().containers().start(id))
          .isInstanceOfSatisfying(
              CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VM_FAILED))
          .hasMessageContainingAll(words);
      var state = (ContainerState.Created) engine.engine().containers().inspect(id).state();
      assertThat(state.failure().orElseThrow().code()).isEqualTo(125);
    }
  }
}
