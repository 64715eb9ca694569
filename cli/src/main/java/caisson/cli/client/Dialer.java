package caisson.cli.client;

import java.nio.channels.SocketChannel;

/** Connects to the daemon. */
@FunctionalInterface
public interface Dialer {
  /**
   * A new connection.
   *
   * @throws caisson.base.CaissonException UNAVAILABLE if nobody answers
   */
  SocketChannel dial();
}
