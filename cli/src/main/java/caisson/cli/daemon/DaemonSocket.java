package caisson.cli.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** The socket of a daemon that may or may not be there. */
final class DaemonSocket {
  private static final byte[] PING =
      "GET /_ping HTTP/1.1\r\nHost: caisson\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

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

  /** Whether somebody listens and answers {@code GET /_ping} in this time. */
  boolean answers(Duration patience) {
    var connected = connect();
    if (connected.isEmpty()) {
      return false;
    }
    try (var channel = connected.get();
        var selector = Selector.open()) {
      channel.write(ByteBuffer.wrap(PING));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      selector.select(Math.max(patience.toMillis(), 1));
      return channel.read(ByteBuffer.allocate(1)) > 0;
    } catch (IOException e) {
      // It has gone away in the middle, or is about to.
      return false;
    }
  }

  private String reason(IOException e) {
    var text = String.valueOf(e.getMessage());
    return text.contains("Permission denied")
        ? "permission denied while trying to connect to the Caisson daemon at " + host
        : "cannot connect to the Caisson daemon at " + host + ": " + text;
  }
}
