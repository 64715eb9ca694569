package caisson.vmm.agent;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Where listeners are called. They write logs and journals, and file I/O holds up the carrier of a
 * virtual thread, so these are platform threads; they are kept a minute for the next piece of
 * output.
 */
final class ListenerThreads {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("process-listener-", 0).factory());

  private ListenerThreads() {}

  static void start(Runnable call) {
    THREADS.execute(call);
  }
}
