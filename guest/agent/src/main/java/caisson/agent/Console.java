package caisson.agent;

import caisson.libc.Clock;
import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import java.nio.charset.StandardCharsets;

/**
 * The guest's console, for what nobody else can be told: a line a problem, and no more than a few a
 * second however many problems there are.
 */
final class Console {
  private static final int FD = 2;
  private static final int MAX_LINE = 500;
  private static final int BURST = 50;
  private static final long REFILL = 1_000_000_000;

  private int tokens = BURST;
  private long refilled = now();

  /** Writes a line, or leaves it out. */
  void say(String line) {
    long fresh = (now() - refilled) / REFILL;
    tokens = (int) Math.min(BURST, tokens + fresh);
    refilled += fresh * REFILL;
    if (tokens == 0) {
      return;
    }
    tokens--;
    String shown = line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line;
    byte[] bytes = ("caisson-agent: " + shown + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Descriptors.write(FD, bytes, 0, bytes.length);
    } catch (ErrnoException gone) {
      // There is no console, and nobody else to tell.
    }
  }

  private static long now() {
    return Clock.nanoseconds(Clock.CLOCK_MONOTONIC);
  }
}
