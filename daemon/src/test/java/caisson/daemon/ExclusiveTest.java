package caisson.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one daemon has at a time. */
final class ExclusiveTest {
  @TempDir private Path directory;

  private static void assertFails(Runnable action, ErrorCode code, String words) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(CaissonException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  @Test
  void aSocketIsItsOwnersAlone() throws IOException {
    var socket = directory.resolve("made/s");
    try (var _ = ListeningSocket.bind(socket, false)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aSocketThatIsServedIsRefusedAndOneThatIsLeftReplaced() throws IOException {
    var socket = directory.resolve("s");
    try (var _ = ListeningSocket.bind(socket, false)) {
      assertFails(
          () -> ListeningSocket.bind(socket, false), ErrorCode.UNAVAILABLE, socket.toString());
    }
    assertThat(socket).exists();
    try (var _ = ListeningSocket.bind(socket, false);
        var client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone() throws IOException {
    var file = Files.writeString(directory.resolve("f"), "precious");
    assertFails(() -> ListeningSocket.bind(file, false), ErrorCode.CONFLICT, file.toString());
    assertThat(file).hasContent("precious");
  }

  @Test
  void aSocketsPathHasALimit() throws IOException {
    int room = 106 - directory.toString().length() - 1;
    var longest = directory.resolve("x".repeat(room));
    try (var _ = ListeningSocket.bind(longest, false)) {
      assertThat(longest).exists();
    }
    assertFails(
        () -> ListeningSocket.bind(directory.resolve("x".repeat(room + 1)), false),
        ErrorCode.INVALID_ARGUMENT,
        "106");
  }

  @Test
  void aDirectoryNamesTheProcessThatHasIt() throws IOException {
    var pid = Long.toString(ProcessHandle.current().pid());
    try (var _ = DirectoryLock.take(directory, "--run")) {
      assertThat(directory.resolve("caissond.pid")).hasContent(pid);
      assertFails(
          () -> DirectoryLock.take(directory, "--run"),
          ErrorCode.UNAVAILABLE,
          "another daemon (process " + pid + ") works on " + directory + "; stop it or use --run");
    }
    try (var again = DirectoryLock.take(directory, "--run")) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void aDirectoryIsMadeWithItsMode() throws IOException {
    int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    var made = directory.resolve("a/b");
    Directories.own(made, "rwx------", uid);
    Directories.own(made, "rwx------", uid);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
    assertFails(
        () -> Directories.own(made, "rwx------", uid + 1), ErrorCode.FORBIDDEN, made.toString());
  }
}
