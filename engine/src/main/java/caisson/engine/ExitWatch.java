package caisson.engine;

import java.time.Duration;
import java.util.Optional;

/** A registered wait. */
public interface ExitWatch extends AutoCloseable {
  /** Waits, at most {@code timeout}; empty when the time is up. */
  Optional<Exit> await(Duration timeout) throws InterruptedException;

  /** Forgets the wait. */
  @Override
  void close();

  /**
   * How it ended.
   *
   * @param error why there is no proper exit code, where there is none
   */
  record Exit(int code, Optional<String> error) {}
}
