package caisson.engine;

import java.time.Instant;
import java.util.Optional;

/** Reads log entries in order. */
public interface LogReader extends AutoCloseable {
  /** The next entry, waiting for it when following; empty at the end or when closed. */
  Optional<Entry> next() throws InterruptedException;

  /** Stops; a waiting {@link #next} returns. */
  @Override
  void close();

  /** One line with its line feed, or a part of a line too long for one entry. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Entry(Instant time, Output.Source source, byte[] bytes) {}
}
