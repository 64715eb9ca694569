package caisson.engine.local;

import caisson.engine.ContainerState;
import caisson.engine.ContainerState.Exited;
import caisson.engine.RestartPolicy;
import caisson.engine.local.ContainerLog.Lengths;
import java.time.Duration;
import java.util.Optional;

/** Whether and when a container is started again. Its lock is held by whoever calls. */
final class Restarts {
  private final ContainerRecord record;
  private final BackOff backOff = new BackOff();

  Restarts(ContainerRecord record) {
    this.record = record;
  }

  private RestartPolicy policy() {
    return record.stored().request().restart();
  }

  /** Somebody has started it: what was before counts no more. */
  void reset() {
    backOff.reset();
  }

  /** It has ended by itself: after how long it is started again, if it is. */
  Optional<Duration> afterEnd() {
    if (record.state() instanceof Exited last
        && !record.stopped()
        && policy().afterEnd(last.code(), record.restarts())) {
      record.noteInTime(new Change.Retried(), Lengths.NONE);
      return Optional.of(backOff.next(Duration.between(last.startedAt(), last.finishedAt())));
    }
    return Optional.empty();
  }

  /** Whether it is to be started because the daemon starts. */
  boolean dueWithDaemon() {
    if (record.state() instanceof Exited last
        && policy().withDaemon(last.code(), record.restarts(), record.stopped())) {
      record.noteInTime(new Change.Retried(), Lengths.NONE);
    }
    return record.state() instanceof ContainerState.Restarting;
  }

  /** Somebody stops it: its end will be no reason to start it again. */
  void stop() {
    record.stop();
    if (record.state() instanceof ContainerState.Restarting) {
      record.note(new Change.GaveUp(), Lengths.NONE);
    }
  }
}
