package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.AttachOptions;
import caisson.engine.Attachment;
import caisson.engine.Container;
import caisson.engine.ContainerFiles;
import caisson.engine.ContainerRequest;
import caisson.engine.ContainerState;
import caisson.engine.ContainerState.Exited;
import caisson.engine.ContainerState.StartFailure;
import caisson.engine.ContainerUpdate;
import caisson.engine.ExitWatch;
import caisson.engine.LogQuery;
import caisson.engine.LogReader;
import caisson.engine.NetworkEndpoint;
import caisson.engine.Output.Source;
import caisson.engine.WaitCondition;
import caisson.engine.local.ContainerLog.Lengths;
import caisson.engine.sandbox.ProcessEvents;
import caisson.engine.sandbox.Sandbox;
import caisson.engine.sandbox.Sandboxes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One container: its state, its streams and, while it runs, its sandbox. Whatever changes the
 * sandbox holds {@link #lock}; reading the state never waits.
 */
final class LocalContainer {
  private final ContainerRecord record;
  private final ContainerSandboxes sandboxes;
  private final LifeEvents events;
  private final ReentrantLock lock = new ReentrantLock();
  private final ExitWatches watches = new ExitWatches();
  private final ContainerLog log;
  private final Restarts restarts;
  private volatile ProcessStreams streams;
  private volatile Optional<Sandbox> sandbox = Optional.empty();
  private volatile Optional<HealthMonitor> health = Optional.empty();

  /** The sandbox of before, which is being shut down. */
  private volatile Optional<Sandbox> ending = Optional.empty();

  private volatile boolean removed;

  LocalContainer(
      ContainerRecord record, Sandboxes sandboxes, LocalVolumes volumes, LifeEvents events) {
    this.record = record;
    this.restarts = new Restarts(record);
    this.sandboxes = new ContainerSandboxes(record, sandboxes, volumes);
    this.events = events;
    this.log =
        new ContainerLog(
            record.directory().resolve(id() + "-json.log"), record.stored().request().logLimits());
    this.streams = newStreams();
  }

  ContainerId id() {
    return record.stored().id();
  }

  String name() {
    return record.stored().name();
  }

  ContainerRequest request() {
    return record.stored().request();
  }

  Instant created() {
    return record.stored().created();
  }

  ContainerState state() {
    return record.state();
  }

  /** The id of its virtual machine, if it has one; waits for a start that is under way. */
  Optional<String> machine() {
    try (var _ = Held.of(lock)) {
      return sandbox.map(Sandbox::vm);
    }
  }

  Path directory() {
    return record.directory();
  }

  Container snapshot() {
    var endpoint = sandbox.map(Sandbox::endpoint).orElse(NetworkEndpoint.NONE);
    return record.snapshot(health.map(HealthMonitor::health), log.path(), endpoint);
  }

  private ProcessStreams newStreams() {
    return new ProcessStreams(this::keep, closesStdinWithClient());
  }

  private boolean closesStdinWithClient() {
    return request().stdinOnce() && !request().spec().hasTerminal();
  }

  private void keep(Source source, byte[] bytes) throws InterruptedException {
    log.keep(source, bytes, streams::hasExited);
  }

  /** The sandbox, if the container runs and is not paused: a paused one answers nothing. */
  Sandbox requireSandbox() {
    return sandbox
        .filter(_ -> state() instanceof ContainerState.Running)
        .orElseThrow(() -> conflict(Transitions.whyNotRunning(state())));
  }

  private CaissonException conflict(String reason) {
    return new CaissonException(ErrorCode.CONFLICT, "Container " + id() + " " + reason);
  }

  /** The sandbox, if the container runs, paused or not. */
  Optional<Sandbox> sandbox() {
    return sandbox;
  }

  Attachment attach(AttachOptions options) {
    events.publish(this, "attach", Map.of());
    var joined = streams;
    return options.replay()
        ? joined.attach(
            options.stdin(), options.stdout(), options.stderr(), () -> log.replay(options))
        : joined.attach(options.stdin(), options.stdout(), options.stderr());
  }

  void start() {
    try (var _ = Held.of(lock)) {
      requirePresent();
      Transitions.requireStartable(id(), record.state());
      restarts.reset();
      startNow(0);
    }
  }

  /** Starts it again, if that is still to be done. */
  void restart() {
    try (var _ = Held.of(lock)) {
      if (!removed && record.state() instanceof ContainerState.Restarting) {
        startNow(record.restarts() + 1);
      }
    }
  }

  private void startNow(int restarts) {
    var base = log.open();
    record.begin(restarts);
    try {
      var started = sandboxes.start(base, new RunListener(this, streams, events));
      try {
        record.note(new Change.Started(started.vm(), started.pid(), Instant.now()), base);
      } catch (CaissonException e) {
        started.discard();
        throw e;
      }
      running(started);
      events.publish(this, "start", Map.of("timings", started.timings().toString()));
    } catch (CaissonException e) {
      startFailed(e, base);
      throw e;
    }
  }

  private void running(Sandbox machine) {
    sandbox = Optional.of(machine);
    streams.started(new GuestStdin(machine.init()));
    health =
        request()
            .health()
            .map(check ->
                HealthMonitor.start(
                    check,
                    HealthProbe.of(machine, record, check),
                    status -> events.publish(this, "health_status: " + status.word(), Map.of())));
  }

  /** A way to its files. While a guest is there only for them nothing else happens to it. */
  ContainerFiles files() {
    lock.lock();
    try {
      requirePresent();
      if (sandbox.isPresent()) {
        var running = new GuestFiles(sandbox.get(), () -> {});
        lock.unlock();
        return running;
      }
      return sandboxes.open(lock::unlock);
    } catch (CaissonException e) {
      lock.unlock();
      throw e;
    }
  }

  private void startFailed(CaissonException failure, Lengths base) {
    int code = StartCodes.of(failure.code());
    record.noteInTime(
        new Change.StartFailed(new StartFailure(code, failure.text()), Instant.now()), base);
    sandboxes.giveBack();
    finishStreams();
    // The reason is the start's to tell; to those who wait, this is an exit like any other.
    watches.exited(new ExitWatch.Exit(code, Optional.empty()));
  }

  /** Takes over what an earlier daemon left running. */
  void recover() {
    try (var _ = Held.of(lock)) {
      switch (record.state()) {
        case ContainerState.Running(var _, var vm, var _) -> adopt(vm, Sandbox::unpause);
        case ContainerState.Paused(var _, var vm, var _) -> adopt(vm, Sandbox::pause);
        case ContainerState.Created _,
            ContainerState.Restarting _,
            Exited _,
            ContainerState.Dead _ -> {}
      }
    }
  }

  /**
   * Takes a machine over.
   *
   * @param settled what the daemon before may have done only half
   */
  private void adopt(String vm, Consumer<Sandbox> settled) {
    var written = log.open();
    try {
      var adopted = sandboxes.adopt(vm, written, new RunListener(this, streams, events));
      if (adopted.isPresent() && record.state().running()) {
        running(adopted.get());
        settled.accept(adopted.get());
      } else if (adopted.isEmpty()) {
        ended(ProcessEvents.End.lost("the virtual machine died while no daemon was running"));
      }
    } catch (CaissonException e) {
      ended(ProcessEvents.End.lost(e.text()));
    }
  }

  /** Its first process has ended. */
  void ended(ProcessEvents.End end) {
    try (var _ = Held.of(lock)) {
      if (!state().running()) {
        return;
      }
      record.noteInTime(
          new Change.Ended(end.code(), Instant.now(), end.oomKilled(), end.error()), Lengths.NONE);
      var wait = restarts.afterEnd();
      finishStreams();
      if (end.oomKilled()) {
        events.publish(this, "oom", Map.of());
      }
      events.publish(this, "die", Map.of("exitCode", Integer.toString(end.code())));
      var over = sandbox;
      sandbox = Optional.empty();
      watches.exited(new ExitWatch.Exit(end.code(), end.error()));
      over.ifPresent(this::end);
      sandboxes.giveBack();
      wait.ifPresent(delay -> events.restartIn(delay, this));
    }
  }

  /** What a container has written for nobody else need not be written to the disk. */
  private void end(Sandbox over) {
    if (request().autoRemove() && !request().sharesFiles()) {
      over.abandon();
      return;
    }
    ending = Optional.of(over);
    try {
      over.shutDown();
    } finally {
      ending = Optional.empty();
    }
  }

  /** It is about to be removed: its disk need not be written any more. */
  void hurry() {
    if (state() instanceof Exited && !request().sharesFiles()) {
      ending.ifPresent(Sandbox::abandon);
    }
  }

  /** Goes on with the restarts that the daemon before did not come to, and those due with it. */
  void restartWithDaemon() {
    try (var _ = Held.of(lock)) {
      if (restarts.dueWithDaemon()) {
        events.restartIn(Duration.ZERO, this);
      }
    }
  }

  /** Somebody stops it: its end will be no reason to start it again. */
  void stopping() {
    try (var _ = Held.of(lock)) {
      restarts.stop();
    }
  }

  void pause() {
    try (var _ = Held.of(lock)) {
      if (state() instanceof ContainerState.Paused) {
        throw conflict("is already paused");
      }
      var machine = requireSandbox();
      machine.pause();
      record.noteOrUndo(new Change.Froze(), machine::unpause);
      events.publish(this, "pause", Map.of());
    }
  }

  void unpause() {
    try (var _ = Held.of(lock)) {
      if (!(state() instanceof ContainerState.Paused)) {
        throw conflict("is not paused");
      }
      var machine = sandbox.orElseThrow();
      machine.unpause();
      record.noteOrUndo(new Change.Thawed(), machine::pause);
      events.publish(this, "unpause", Map.of());
    }
  }

  /** Gives it a name that is free; answers the one before. */
  String rename(String name) {
    try (var _ = Held.of(lock)) {
      requirePresent();
      var before = name();
      record.replace(record.stored().renamed(name));
      return before;
    }
  }

  void update(ContainerUpdate update) {
    try (var _ = Held.of(lock)) {
      requirePresent();
      if (state() instanceof ContainerState.Paused && update.resources().isPresent()) {
        throw conflict("is paused, unpause the container first");
      }
      sandbox.ifPresent(machine -> update.resources().ifPresent(machine::update));
      record.replace(record.stored().updated(update));
      events.publish(this, "update", Map.of());
    }
  }

  private void finishStreams() {
    health.ifPresent(HealthMonitor::close);
    health = Optional.empty();
    streams.end();
    streams = newStreams();
    log.close();
  }

  /** Registers a wait; one for a container that does not run is over at once if it may be. */
  ExitWatch watch(WaitCondition condition) {
    try (var _ = Held.of(lock)) {
      if (condition == WaitCondition.NOT_RUNNING && !state().running()) {
        return ExitWatches.over(ExitWatches.last(state()));
      }
      return watches.register(condition);
    }
  }

  LogReader logs(LogQuery query) {
    return log.read(query);
  }

  /** Does {@code removal} while nothing else can happen to the container, which must not run. */
  void remove(Runnable removal) {
    try (var _ = Held.of(lock)) {
      requirePresent();
      Transitions.requireRemovable(id(), state());
      removal.run();
      removed = true;
      record.forget();
      streams.end();
      watches.removed(ExitWatches.last(state()));
    }
  }

  private void requirePresent() {
    if (removed) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "No such container: " + id());
    }
  }

  /** Lets the sandbox run on for a later daemon. */
  void leave() {
    try (var _ = Held.of(lock)) {
      health.ifPresent(HealthMonitor::close);
      sandbox.ifPresent(Sandbox::leave);
      log.close();
    }
  }

  /** Ends the sandbox without asking the process. */
  void discardSandbox() {
    sandbox.ifPresent(Sandbox::discard);
  }
}
