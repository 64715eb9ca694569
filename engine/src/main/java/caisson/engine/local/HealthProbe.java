package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.engine.ContainerState;
import caisson.engine.Health;
import caisson.engine.HealthCheck;
import caisson.engine.Output.Source;
import caisson.engine.Signal;
import caisson.engine.sandbox.GuestProcess;
import caisson.engine.sandbox.ProcessEvents;
import caisson.engine.sandbox.Sandbox;
import caisson.oci.runtime.ProcessSpec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One health check: a process in the container whose output and end are kept. */
final class HealthProbe implements ProcessEvents {
  /** What is kept of a check's output, in bytes, as dockerd has it. */
  private static final int MAX_OUTPUT = 4096;

  /** The exit code of a check that has none. */
  private static final int NO_CODE = -1;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();

  private HealthProbe() {}

  /** Checks in {@code sandbox} while its container is not paused. */
  static HealthMonitor.Probe of(Sandbox sandbox, ContainerRecord container, HealthCheck check) {
    return () -> {
      if (!(container.state() instanceof ContainerState.Running)) {
        return Optional.empty();
      }
      var surroundings = container.stored().request().spec().process().orElseThrow();
      return Optional.of(run(sandbox, surroundings, check));
    };
  }

  private static Health.Check run(Sandbox sandbox, ProcessSpec surroundings, HealthCheck check)
      throws InterruptedException {
    var probe = new HealthProbe();
    var start = Instant.now();
    try {
      var process = sandbox.exec(surroundings.running(check.command()), false, probe);
      return probe.await(process, check, start);
    } catch (CaissonException e) {
      return new Health.Check(start, Instant.now(), NO_CODE, e.text());
    }
  }

  private Health.Check await(GuestProcess process, HealthCheck check, Instant start)
      throws InterruptedException {
    try {
      int code = end.get(check.timeout().toNanos(), TimeUnit.NANOSECONDS);
      return new Health.Check(start, Instant.now(), code, text());
    } catch (TimeoutException e) {
      process.signal(Signal.KILL);
      var reason = "Health check exceeded timeout (%d ms)".formatted(check.timeout().toMillis());
      return new Health.Check(start, Instant.now(), NO_CODE, reason);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an end never fails", e);
    }
  }

  private synchronized String text() {
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
