package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.engine.ContainerState;
import caisson.engine.Health;
import caisson.engine.HealthCheck;
import caisson.engine.sandbox.BriefRun;
import caisson.engine.sandbox.Sandbox;
import caisson.oci.runtime.ProcessSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** One health check: a process in the container whose output and end are kept. */
final class HealthProbe {
  /** The exit code of a check that has none. */
  private static final int NO_CODE = -1;

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
    var run = new BriefRun();
    var start = Instant.now();
    try {
      var process = sandbox.exec(surroundings.running(check.command()), false, run);
      int code = run.await(process, check.timeout());
      return new Health.Check(start, Instant.now(), code, run.text());
    } catch (TimeoutException e) {
      var reason = "Health check exceeded timeout (%d ms)".formatted(check.timeout().toMillis());
      return new Health.Check(start, Instant.now(), NO_CODE, reason);
    } catch (CaissonException e) {
      return new Health.Check(start, Instant.now(), NO_CODE, e.text());
    }
  }
}
