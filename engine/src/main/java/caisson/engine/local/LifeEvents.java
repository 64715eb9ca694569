package caisson.engine.local;

import java.time.Duration;
import java.util.Map;

/** Whom a container tells of its life. */
interface LifeEvents {
  /** Something happened, in Docker's word for it. */
  void publish(LocalContainer container, String action, Map<String, String> attributes);

  /** A container that was to be removed when it ends has ended. */
  void autoRemove(LocalContainer container);

  /** A container that has ended is to be started again after {@code delay}. */
  void restartIn(Duration delay, LocalContainer container);
}
