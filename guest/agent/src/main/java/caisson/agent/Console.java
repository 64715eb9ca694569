package caisson.agent;

import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * The guest's console, for what nobody else can be told: a line a problem, and no more than a few a
 * second however many problems there are.
 */
final class Console {
  /** Characters of a line that are shown. */
  static final int MAX_LINE = 500;

  /** Lines that may come at once. */
  static final int BURST = 50;

  /** Nanoseconds until one more may. */
  static final long REFILL = 1_000_000_000;

  private final LongSupplier clock;
  private final Output output;
  private int left = BURST;
  private long refilled;

  /** Where the lines go. */
  interface Output {
    void write(byte[] line);
  }

  /**
   * @param clock nanoseconds, only going forward
   */
  Console(LongSupplier clock, Output output) {
    this.clock = clock;
    this.output = output;
    this.refilled = clock.getAsLong();
  }

  /** Writes a line, or leaves it out. */
  void say(String line) {
    long fresh = (clock.getAsLong() - refilled) / REFILL;
    left = (int) Math.min(BURST, left + fresh);
    refilled += fresh * REFILL;
    if (left > 0) {
      left--;
      String shown = line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line;
      output.write(("caisson-agent: " + shown + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
