package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Output.Source;
import caisson.engine.log.JsonLog;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Keeps output in a log whose disk may be full: the process waits until there is room again, and
 * nothing of what it wrote is lost. Only once it is gone is what cannot be kept given up.
 */
final class PatientLog implements OutputKeeper {
  /** A disk does not say when it has room again. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Log log;
  private final BooleanSupplier exited;
  private final Duration pause;

  /** The part of a log that matters here. */
  interface Log {
    void append(Source source, byte[] bytes);

    long written(Source source);
  }

  /**
   * Keeps output in {@code log}.
   *
   * @param exited whether the process is gone
   */
  static PatientLog of(JsonLog log, BooleanSupplier exited) {
    var part =
        new Log() {
          @Override
          public void append(Source source, byte[] bytes) {
            log.append(source, bytes);
          }

          @Override
          public long written(Source source) {
            return log.written(source);
          }
        };
    return new PatientLog(part, exited, PAUSE);
  }

  PatientLog(Log log, BooleanSupplier exited, Duration pause) {
    this.log = log;
    this.exited = exited;
    this.pause = pause;
  }

  @Override
  public void keep(Source source, byte[] bytes) throws InterruptedException {
    byte[] left = bytes;
    while (left.length > 0) {
      long before = log.written(source);
      try {
        log.append(source, left);
        return;
      } catch (CaissonException e) {
        if (e.code() != ErrorCode.NO_RESOURCES || exited.getAsBoolean()) {
          throw e;
        }
        left = Arrays.copyOfRange(left, (int) (log.written(source) - before), left.length);
        System.getLogger("caisson.engine").log(System.Logger.Level.WARNING, e.text());
        Thread.sleep(pause);
      }
    }
  }
}
