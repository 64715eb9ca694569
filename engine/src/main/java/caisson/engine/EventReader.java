package caisson.engine;

import java.time.Duration;
import java.util.Optional;

/** One subscriber's view of the events. A subscriber that lags too far behind loses the oldest. */
public interface EventReader extends AutoCloseable {
  /** Waits for the next event, at most {@code timeout}; empty when none came or this is closed. */
  Optional<Event> next(Duration timeout) throws InterruptedException;

  @Override
  void close();
}
