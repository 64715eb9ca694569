package caisson.engine.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How long the parts of a sandbox's start took, one after the other. */
public record StartTimings(List<Part> parts) {
  /** Of a sandbox that was not started just now. */
  public static final StartTimings NONE = new StartTimings(List.of());

  private static final double NANOS_PER_MILLI = 1e6;

  public StartTimings {
    parts = List.copyOf(parts);
  }

  /** A part of a start. */
  public record Part(String name, Duration time) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s %.1f", name, time.toNanos() / NANOS_PER_MILLI);
    }
  }

  /** Names and milliseconds: {@code image 0.3, machine 0.0, disks 4.2}. */
  @Override
  public String toString() {
    return parts.stream().map(Part::toString).collect(Collectors.joining(", "));
  }
}
