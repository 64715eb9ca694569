package caisson.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one daemon has at a time. */
class ExclusiveTest {
  @TempDir private Path directory;

  @Test
  void aSocketIsItsOwnersAlone() throws IOException {
    var socket = directory.resolve("s");
    try (var _ = ApiSocket.listen(socket, false)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aSocketThatIsServedIsRefusedAndOneThatIsNotReplaced() throws IOException {
    var socket = directory.resolve("s");
    try (var _ = ApiSocket.listen(socket, false)) {
      assertThatThrownBy(() -> ApiSocket.listen(socket, false))
          .isInstanceOf(CaissonException.class)
          .hasMessageContaining("another daemon")
          .hasMessageContaining(socket.toString());
    }
    try (var _ = ApiSocket.listen(socket, false);
        var client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void aRootNamesTheProcessThatHasIt() throws IOException {
    try (var _ = RootLock.take(directory)) {
      assertThat(Files.readString(directory.resolve("caissond.pid")).strip())
          .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }
    try (var _ = RootLock.take(directory)) {
      assertThat(directory.resolve("caissond.pid")).exists();
    }
  }
}
