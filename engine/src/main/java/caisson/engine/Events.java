package caisson.engine;

import java.time.Instant;
import java.util.Optional;

/** What happened: a bounded memory of recent events, and those to come. */
public interface Events {
  /** A subscription that first replays what is remembered from {@code since} on. */
  EventReader subscribe(Optional<Instant> since);
}
