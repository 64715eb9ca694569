package caisson.engine.vm;

import caisson.engine.sandbox.StartTimings;
import caisson.engine.sandbox.StartTimings.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures the parts of a start, from its beginning on. */
final class Stopwatch {
  private final List<Part> parts = new ArrayList<>();
  private long begin = System.nanoTime();

  /** The part {@code name} ends, and the next begins. */
  void ends(String name) {
    long now = System.nanoTime();
    parts.add(new Part(name, Duration.ofNanos(now - begin)));
    begin = now;
  }

  StartTimings timings() {
    return new StartTimings(parts);
  }
}
