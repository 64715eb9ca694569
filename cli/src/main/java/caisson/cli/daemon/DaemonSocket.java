package caisson.cli.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.Optional;

/** The socket of a daemon that may or may not be there. */
final class DaemonSocket {
  private final HostAddress host;

  DaemonSocket(HostAddress host) {
    this.host = host;
  }

  /**
   * Connects, if somebody listens.
   *
   * @throws CaissonException if it is not this user's to use
   */
  Optional<SocketChannel> connect() {
    if (!Files.exists(host.socket())) {
      return Optional.empty();
    }
    try {
      return Optional.of(SocketChannel.open(UnixDomainSocketAddress.of(host.socket())));
    } catch (ConnectException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.UNAVAILABLE, reason(e), e);
    }
  }

  private String reason(IOException e) {
    var text = String.valueOf(e.getMessage());
    return text.contains("Permission denied")
        ? "permission denied while trying to connect to the Caisson daemon at " + host
        : "cannot connect to the Caisson daemon at " + host + ": " + text;
  }
}
