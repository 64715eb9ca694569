package caisson.api.http;

import java.io.IOException;

/**
 * Interrupts a handler whose client has gone away while the response has nothing to send: without
 * it, a follower of a silent log would live as long as the container.
 *
 * <p>A client that ends only its sending side of an ordinary request counts as gone, as it does for
 * dockerd, and so does one that sends very much behind a request without waiting for its answer.
 * Hijacked connections are never watched: there, the end of input means only that.
 */
public final class HangupWatch implements AutoCloseable {
  private final Thread handler;
  private boolean over;

  private HangupWatch(Thread handler) {
    this.handler = handler;
  }

  /** Watches {@code input} for the calling thread until closed. */
  static HangupWatch start(ChannelInput input) {
    var watch = new HangupWatch(Thread.currentThread());
    Thread.ofVirtual().name("api-hangup").start(() -> watch.run(input));
    return watch;
  }

  private void run(ChannelInput input) {
    boolean gone;
    try {
      gone = input.awaitEnd(this::watching);
    } catch (IOException e) {
      gone = true;
    }
    synchronized (this) {
      if (gone && !over) {
        handler.interrupt();
      }
    }
  }

  private synchronized boolean watching() {
    return !over;
  }

  /** Ends the watch; the calling thread's interrupt status is clear afterwards. */
  @Override
  public void close() {
    synchronized (this) {
      over = true;
    }
    Thread.interrupted();
  }
}
