package caisson.engine.sandbox;

import caisson.engine.Output.Source;
import caisson.engine.Signal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that is soon over, of whose output the beginning is kept. */
public final class BriefRun implements ProcessEvents {
  /** What is kept of its output, in bytes, as dockerd keeps of a health check's. */
  private static final int MAX_OUTPUT = 4096;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();

  /**
   * Waits for its end and answers its exit code.
   *
   * @param process whose events come here; it is killed if it takes too long
   * @throws TimeoutException if it took longer than {@code limit}
   */
  public int await(GuestProcess process, Duration limit)
      throws InterruptedException, TimeoutException {
    try {
      return end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      process.signal(Signal.KILL);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("an end never fails", e);
    }
  }

  /** What it has written. */
  public synchronized String text() {
    return output.toString(StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void output(Source source, byte[] bytes) {
    output.write(bytes, 0, Math.min(bytes.length, MAX_OUTPUT - output.size()));
  }

  @Override
  public void exited() {}

  @Override
  public void ended(End ended) {
    end.complete(ended.code());
  }
}
