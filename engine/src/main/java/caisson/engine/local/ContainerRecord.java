package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Container;
import caisson.engine.ContainerState;
import caisson.engine.Health;
import caisson.engine.NetworkEndpoint;
import caisson.engine.local.ContainerLog.Lengths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What outlives the daemon of one container: what it is, in its directory, and where in its life it
 * is, in the journal. Whoever changes it holds the container's lock; reading never waits.
 */
final class ContainerRecord {
  private final Path directory;
  private final Journal journal;
  private volatile StoredContainer stored;
  private volatile ContainerState state;
  private volatile int restarts;
  private volatile boolean stopped;

  ContainerRecord(StoredContainer stored, Path directory, Journal journal) {
    var entry = journal.entry(stored.id());
    this.directory = directory;
    this.journal = journal;
    this.stored = stored;
    this.state =
        entry.map(Journal.Entry::state).orElse(new ContainerState.Created(Optional.empty()));
    this.restarts = entry.map(Journal.Entry::restarts).orElse(0);
    this.stopped = entry.map(Journal.Entry::stopped).orElse(false);
  }

  Path directory() {
    return directory;
  }

  StoredContainer stored() {
    return stored;
  }

  ContainerState state() {
    return state;
  }

  /** How often in a row its policy has started it again. */
  int restarts() {
    return restarts;
  }

  /** Whether somebody has stopped it since it was started. */
  boolean stopped() {
    return stopped;
  }

  /** The container as others see it. */
  Container snapshot(Optional<Health> health, Path log, NetworkEndpoint endpoint) {
    var now = stored;
    return new Container(
        now.id(), now.name(), now.created(), now.request(), state, health, restarts, log, endpoint);
  }

  /** How long the log was when the run began. */
  Lengths base() {
    return journal
        .entry(stored.id())
        .map(entry -> new Lengths(entry.stdoutBase(), entry.stderrBase()))
        .orElse(Lengths.NONE);
  }

  /** Notes a change of state; {@code base} is how long the log was when the run began. */
  void note(Change change, Lengths base) {
    var next = Transitions.next(state, change);
    append(next, base);
    state = next;
  }

  /** Notes what has happened already, which a full disk does not undo. */
  void noteInTime(Change change, Lengths base) {
    state = Transitions.next(state, change);
    journal.appendInTime(stored.id(), entry(state, base));
  }

  /** Notes a change that was made already, or takes it back where it cannot be noted. */
  void noteOrUndo(Change change, Runnable undo) {
    try {
      note(change, base());
    } catch (CaissonException e) {
      undo.run();
      throw e;
    }
  }

  /** A run begins, which {@link #note} will tell the journal of. */
  void begin(int restartsSoFar) {
    restarts = restartsSoFar;
    stopped = false;
  }

  /** Somebody stops it. */
  void stop() {
    stopped = true;
    append(state, base());
  }

  private void append(ContainerState next, Lengths base) {
    journal.append(stored.id(), entry(next, base));
  }

  private Journal.Entry entry(ContainerState next, Lengths base) {
    return new Journal.Entry(next, restarts, stopped, base.stdout(), base.stderr());
  }

  /** Makes it another; durable when this returns. */
  void replace(StoredContainer other) {
    try {
      other.write(directory);
      stored = other;
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES,
          "cannot write the container's record in " + directory + ": " + e.getMessage(),
          e);
    }
  }

  /** It is removed. */
  void forget() {
    journal.forget(stored.id());
  }
}
