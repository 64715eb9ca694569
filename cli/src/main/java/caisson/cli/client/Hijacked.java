package caisson.cli.client;

import java.io.InputStream;
import java.io.OutputStream;

/** A connection that has left HTTP: a process's streams. */
public final class Hijacked implements AutoCloseable {
  private final Connection connection;

  Hijacked(Connection connection) {
    this.connection = connection;
  }

  /** What the process writes; ends when it has ended. */
  public InputStream input() {
    return connection.rawInput();
  }

  /** What the process reads. */
  public OutputStream output() {
    return connection.rawOutput();
  }

  /** Ends the process's input. */
  public void endOutput() {
    connection.endOutput();
  }

  /** Lets go of the process; a thread that reads is interrupted. */
  @Override
  public void close() {
    connection.close();
  }
}
