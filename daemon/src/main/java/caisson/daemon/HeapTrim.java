package caisson.daemon;

import java.time.Duration;

/**
 * Gives memory that a burst of work took back to the host. The serial collector, the leanest there
 * is, collects the old generation only when it is full, and so a daemon that once was busy would
 * stay large for as long as it lives.
 */
final class HeapTrim implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final long SLACK_BYTES = 8 << 20;

  private final Thread thread;
  private long kept = Runtime.getRuntime().totalMemory();

  private HeapTrim() {
    thread = Thread.ofVirtual().name("heap-trim").unstarted(this::run);
  }

  static HeapTrim start() {
    var trim = new HeapTrim();
    trim.thread.start();
    return trim;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        if (Runtime.getRuntime().totalMemory() > kept + SLACK_BYTES) {
          System.gc();
          kept = Runtime.getRuntime().totalMemory();
        }
      }
    } catch (InterruptedException e) {
      // The daemon ends.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
