package caisson.api.docker;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs long file I/O beside the virtual threads, whose carriers it would hold: every connection
 * lives on those few.
 */
public final class PlatformThread {
  private PlatformThread() {}

  /** Does {@code work} on a thread of its own and waits for it. */
  public static <T> T call(String name, Callable<T> work) throws InterruptedException {
    var task = new FutureTask<>(work);
    var thread = Thread.ofPlatform().name(name).start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw unchecked(e);
    } catch (InterruptedException e) {
      thread.interrupt();
      throw e;
    }
  }

  private static RuntimeException unchecked(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException("unexpected in this thread", e.getCause());
  }
}
