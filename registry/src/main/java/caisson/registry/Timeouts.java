package caisson.registry;

import java.time.Duration;

/**
 * How long a registry may keep its client waiting.
 *
 * @param connect for a connection
 * @param answer for the head of an answer, the connection and its TLS handshake included
 * @param stall that a body may spend on a document, or on each {@link #PROGRESS} bytes of a blob
 * @param backOff before the first further attempt; each later one waits twice as long
 * @param attempts in a row that bring nothing new before it is given up
 */
public record Timeouts(
    Duration connect, Duration answer, Duration stall, Duration backOff, int attempts) {
  /** The bytes that count as progress. */
  static final int PROGRESS = 64 << 10;

  /** Patient enough for a slow line and a registry that is being restarted. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          5);
}
