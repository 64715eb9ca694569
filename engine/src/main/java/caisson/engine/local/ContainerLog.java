package caisson.engine.local;

import caisson.engine.AttachOptions;
import caisson.engine.LogLimits;
import caisson.engine.LogQuery;
import caisson.engine.LogReader;
import caisson.engine.Output.Source;
import caisson.engine.log.JsonLog;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** A container's log: open while the container runs, to be read at any time. */
final class ContainerLog {
  private final Path path;
  private final LogLimits limits;
  private volatile Optional<JsonLog> open = Optional.empty();

  ContainerLog(Path path, LogLimits limits) {
    this.path = path;
    this.limits = limits;
  }

  /** The newest file. */
  Path path() {
    return path;
  }

  /** Opens it for a run; answers how long each stream is. */
  Lengths open() {
    var log = JsonLog.open(path, limits);
    open = Optional.of(log);
    return new Lengths(log.written(Source.STDOUT), log.written(Source.STDERR));
  }

  /** How long the log is. */
  record Lengths(long stdout, long stderr) {
    static final Lengths NONE = new Lengths(0, 0);
  }

  /**
   * Keeps output of the run.
   *
   * @param exited whether the process is gone
   */
  void keep(Source source, byte[] bytes, BooleanSupplier exited) throws InterruptedException {
    PatientLog.of(open.orElseThrow(), exited).keep(source, bytes);
  }

  LogReader read(LogQuery query) {
    var live = open;
    if (live.isPresent()) {
      return live.get().read(query);
    }
    try (var closed = JsonLog.openForReading(path, limits)) {
      return closed.read(query);
    }
  }

  /** Reads what there is for a client that attaches. */
  LogReader replay(AttachOptions options) {
    return read(
        new LogQuery(
            options.stdout(),
            options.stderr(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            false));
  }

  /** The run is over. */
  void close() {
    open.ifPresent(JsonLog::close);
    open = Optional.empty();
  }
}
