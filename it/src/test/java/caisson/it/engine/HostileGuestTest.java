package caisson.it.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.ContainerState;
import caisson.it.engine.MachineEngine.Wishes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guests with programs of their own at the agent's port: only their own container suffers. */
@Timeout(300)
final class HostileGuestTest {
  private static final Duration BOOT = Duration.ofSeconds(15);
  private static final String DEVICES =
      "#!/busybox sh\n/busybox mkdir -p /dev\n/busybox mount -t devtmpfs none /dev\n";

  @TempDir Path directory;

  private Path initramfs(byte[]... archives) throws IOException {
    var file = directory.resolve("initramfs");
    try (var out = Files.newOutputStream(file)) {
      for (byte[] archive : archives) {
        out.write(archive);
      }
    }
    return file;
  }

  private static byte[] program(String script) {
    return Newc.file("init", script.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] busybox() throws IOException {
    return Newc.file("busybox", Files.readAllBytes(Path.of("/bin/busybox")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/busybox cat /dev/urandom > /dev/vport0p1 | did not answer the hello within 15 s",
        "/busybox cat /dev/zero > /dev/vport0p1 | did not answer the hello within 15 s",
        "/busybox cat /dev/vport0p1 > /dev/null | did not answer the hello within 15 s",
        "/busybox cat <> /dev/vport0p1 >&0 | it says what only a host says"
      })
  void harmsItsOwnContainerOnly(String talk, String why) throws Exception {
    var init = program(DEVICES + "while :; do " + talk + "; done\n");
    var hostile = initramfs(Newc.archive(init, busybox()));
    try (var engine = MachineEngine.openBroken(hostile, BOOT)) {
      engine.setBroken(false);
      var neighbour = engine.create(Wishes.NONE, "sleep", "1000");
      engine.engine().containers().start(neighbour);
      engine.setBroken(true);
      var id = engine.create(Wishes.NONE, "true");
      var start = CompletableFuture.runAsync(() -> refuses(engine, id));
      do {
        assertThat(engine.exec(neighbour, "echo", "well").stdout()).isEqualTo("well\n");
      } while (!start.isDone());
      start.join();
      var state = (ContainerState.Created) engine.engine().containers().inspect(id).state();
      var failure = state.failure().orElseThrow();
      assertThat(failure.code()).isEqualTo(125);
      assertThat(failure.message()).contains(why);
      assertThat(engine.engine().leaks()).isEmpty();
      engine.setBroken(false);
      engine.engine().containers().start(id);
      assertThat(engine.awaitExit(id).code()).isZero();
    }
  }

  private static void refuses(MachineEngine engine, ContainerId id) {
    assertThatThrownBy(() -> engine.engine().containers().start(id))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VM_FAILED));
  }

  @Test
  void isWaitedForWhenItIsLate() throws Exception {
    var install = Path.of(System.getProperty("caisson.install", ""));
    byte[] usual = Files.readAllBytes(install.resolve("guest/initramfs.cpio"));
    var agent = Newc.file("agent", Newc.content(usual, "init"));
    var late = program("#!/busybox sh\n/busybox sleep 5\nexec /agent\n");
    var archive = initramfs(usual, Newc.archive(late, busybox(), agent));
    try (var engine = MachineEngine.openBroken(archive, Duration.ofMinutes(1))) {
      assertThat(engine.run(Wishes.NONE, "", "echo", "late").stdout()).isEqualTo("late\n");
    }
  }
}
