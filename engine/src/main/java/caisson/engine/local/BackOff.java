package caisson.engine.local;

import java.time.Duration;

/**
 * How long a container waits before it is started again: twice as long each time, until it has run
 * for a while (moby, restartmanager.go).
 */
final class BackOff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration RAN_WELL = Duration.ofSeconds(10);

  private Duration last = Duration.ZERO;

  /** The wait after a run of so long. */
  Duration next(Duration ran) {
    boolean anew = last.isZero() || ran.compareTo(RAN_WELL) >= 0;
    var doubled = last.multipliedBy(2);
    last = anew ? FIRST : doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return last;
  }

  /** Somebody started the container: what was before counts no more. */
  void reset() {
    last = Duration.ZERO;
  }
}
