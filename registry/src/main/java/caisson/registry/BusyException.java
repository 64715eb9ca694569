package caisson.registry;

import java.io.IOException;
import java.time.Duration;

/** A server that says that it might do later what it does not do now. */
final class BusyException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final long LONGEST_SECONDS = 30;

  private final long seconds;

  private BusyException(String message, long seconds) {
    super(message);
    this.seconds = seconds;
  }

  /** Of an answer that is {@link Answer#busy}, with what it says about when (RFC 9110, 10.2.3). */
  static BusyException of(Answer answer) {
    var seconds =
        answer
            .header("Retry-After")
            .filter(text -> text.matches("[0-9]{1,6}"))
            .map(Long::parseLong)
            .orElse(0L);
    return new BusyException("status " + answer.status(), seconds);
  }

  /** How long it asks to be left alone, within reason. */
  Duration pause() {
    return Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS));
  }
}
