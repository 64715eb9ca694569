package caisson.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another project's daemon that runs beside ours until it is closed. */
final class PeerDaemon implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;

  private PeerDaemon(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param ready succeeds once it serves
   * @param log where what it writes goes
   */
  static PeerDaemon start(Path log, Command ready, Command command) {
    try {
      var builder = new ProcessBuilder(command.words()).redirectErrorStream(true);
      var daemon = new PeerDaemon(builder.redirectOutput(log.toFile()).start());
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (ready.run().code() != 0) {
        if (!daemon.process.isAlive() || System.nanoTime() > end) {
          daemon.close();
          throw new AssertionError(command.words() + " does not serve: " + Files.readString(log));
        }
      }
      return daemon;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("a daemon has not ended in " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
