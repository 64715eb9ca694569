package caisson.cli.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A process that connects to a daemon and has it started if none answers. */
final class PlayedClient {
  private PlayedClient() {}

  /**
   * Plays.
   *
   * @param arguments the socket and the installation
   */
  public static void main(String[] arguments) throws IOException {
    var host = new HostAddress(Path.of(arguments[0]), false);
    new OnDemandDaemon(host, Optional.of(Path.of(arguments[1]))).dial().close();
    System.out.println("connected");
  }
}
