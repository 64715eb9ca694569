package caisson.engine.local;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to a process's standard input, shut until the process runs: what clients send before
 * waits here, and an end of input that comes before is remembered.
 */
final class StdinGate {
  private @Nullable StdinSink sink;
  private boolean ended;
  private boolean shut;

  synchronized void open(StdinSink to) {
    if (!shut) {
      sink = to;
      if (ended) {
        to.close();
      }
      notifyAll();
    }
  }

  /** The process is gone: nothing gets through any more. */
  synchronized void shut() {
    shut = true;
    sink = null;
    notifyAll();
  }

  synchronized void wake() {
    notifyAll();
  }

  /** Waits until the process runs; false when it never will or {@code cancelled}. */
  synchronized boolean awaitOpen(BooleanSupplier cancelled) throws InterruptedException {
    while (sink == null && !shut && !cancelled.getAsBoolean()) {
      wait();
    }
    return sink != null && !ended && !cancelled.getAsBoolean();
  }

  void write(byte[] bytes, int offset, int length) throws InterruptedException {
    StdinSink to;
    synchronized (this) {
      to = sink;
    }
    if (to != null) {
      to.write(bytes, offset, length);
    }
  }

  synchronized void end() {
    if (!ended) {
      ended = true;
      if (sink != null) {
        sink.close();
      }
    }
  }
}
