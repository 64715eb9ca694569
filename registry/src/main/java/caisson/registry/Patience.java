package caisson.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Decides whether a failed request is made again, and waits until then. */
final class Patience {
  private static final int MOST_DOUBLINGS = 6;

  private final Timeouts timeouts;
  private final boolean stubborn;
  private final Consumer<Duration> waiting;
  private int failures;

  private Patience(Timeouts timeouts, boolean stubborn, Consumer<Duration> waiting) {
    this.timeouts = timeouts;
    this.stubborn = stubborn;
    this.waiting = waiting;
  }

  /** For a first request: a server that is not there or does not answer is given up at once. */
  static Patience ofDocument(Timeouts timeouts) {
    return new Patience(timeouts, false, _ -> {});
  }

  /**
   * For a transfer: the server has answered before, so a failure will pass.
   *
   * @param waiting told how long the next attempt is put off
   */
  static Patience ofBlob(Timeouts timeouts, Consumer<Duration> waiting) {
    return new Patience(timeouts, true, waiting);
  }

  /** Something has been achieved: failures count from nothing again. */
  void restore() {
    failures = 0;
  }

  /** Returns when it is time for another attempt; throws {@code failure} if there shall be none. */
  void await(IOException failure) throws IOException {
    if (++failures >= timeouts.attempts() || !mayPass(failure)) {
      throw failure;
    }
    var own = timeouts.backOff().multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    var asked = failure instanceof BusyException busy ? busy.pause() : Duration.ZERO;
    var pause = asked.compareTo(own) > 0 ? asked : own;
    waiting.accept(pause);
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted before another attempt");
    }
  }

  private boolean mayPass(IOException failure) {
    if (failure instanceof UnacceptableException
        || failure instanceof SSLHandshakeException
        || failure instanceof InterruptedIOException) {
      return false;
    }
    boolean unreachable =
        failure instanceof ConnectException
            || failure instanceof HttpTimeoutException
            || failure instanceof SSLException;
    return stubborn || !unreachable;
  }
}
