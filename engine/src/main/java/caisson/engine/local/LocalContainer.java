package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.AttachOptions;
import caisson.engine.Attachment;
import caisson.engine.Container;
import caisson.engine.ContainerRequest;
import caisson.engine.ContainerState;
import caisson.engine.ContainerState.Exited;
import caisson.engine.ContainerState.StartFailure;
import caisson.engine.ExitWatch;
import caisson.engine.LogQuery;
import caisson.engine.LogReader;
import caisson.engine.Output.Source;
import caisson.engine.WaitCondition;
import caisson.engine.local.ContainerLog.Lengths;
import caisson.engine.sandbox.ProcessEvents;
import caisson.engine.sandbox.Sandbox;
import caisson.engine.sandbox.SandboxRequest;
import caisson.engine.sandbox.Sandboxes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One container: its state, its streams and, while it runs, its sandbox. Whatever changes the
 * sandbox holds {@link #lock}; reading the state never waits.
 */
final class LocalContainer {
  private final StoredContainer stored;
  private final Path directory;
  private final Journal journal;
  private final Sandboxes sandboxes;
  private final LocalVolumes volumes;
  private final LifeEvents events;
  private final ReentrantLock lock = new ReentrantLock();
  private final ExitWatches watches = new ExitWatches();
  private final ContainerLog log;
  private volatile ContainerState state;
  private volatile ProcessStreams streams;
  private volatile Optional<Sandbox> sandbox = Optional.empty();
  private volatile boolean removed;

  LocalContainer(
      StoredContainer stored,
      Path directory,
      Journal journal,
      Sandboxes sandboxes,
      LocalVolumes volumes,
      LifeEvents events) {
    this.stored = stored;
    this.directory = directory;
    this.journal = journal;
    this.sandboxes = sandboxes;
    this.volumes = volumes;
    this.events = events;
    this.log =
        new ContainerLog(
            directory.resolve(stored.id() + "-json.log"), stored.request().logLimits());
    this.state =
        journal
            .entry(stored.id())
            .map(Journal.Entry::state)
            .orElse(new ContainerState.Created(Optional.empty()));
    this.streams = newStreams();
  }

  ContainerId id() {
    return stored.id();
  }

  String name() {
    return stored.name();
  }

  ContainerRequest request() {
    return stored.request();
  }

  Instant created() {
    return stored.created();
  }

  ContainerState state() {
    return state;
  }

  /** The id of its virtual machine, if it has one; waits for a start that is under way. */
  Optional<String> machine() {
    lock.lock();
    try {
      return sandbox.map(Sandbox::vm);
    } finally {
      lock.unlock();
    }
  }

  Path directory() {
    return directory;
  }

  Container snapshot() {
    return new Container(
        stored.id(), stored.name(), stored.created(), stored.request(), state, 0, log.path());
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

  /** The sandbox, if the container runs. */
  Sandbox requireSandbox() {
    return sandbox.orElseThrow(
        () -> new CaissonException(ErrorCode.CONFLICT, "Container " + id() + " is not running"));
  }

  Attachment attach(AttachOptions options) {
    events.publish(this, "attach", Map.of());
    var joined = streams;
    return options.replay()
        ? joined.attach(
            options.stdin(), options.stdout(), options.stderr(), () -> log.read(replayOf(options)))
        : joined.attach(options.stdin(), options.stdout(), options.stderr());
  }

  private static LogQuery replayOf(AttachOptions options) {
    return new LogQuery(
        options.stdout(),
        options.stderr(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  void start() {
    lock.lock();
    try {
      requirePresent();
      switch (state) {
        case ContainerState.Running _, ContainerState.Paused _ ->
            throw new CaissonException(
                ErrorCode.NOT_MODIFIED, "Container " + id() + " is already running");
        case ContainerState.Dead(var reason) ->
            throw new CaissonException(
                ErrorCode.CONFLICT, "Container " + id() + " cannot be started: " + reason);
        case ContainerState.Created _, Exited _ -> startNow();
      }
    } finally {
      lock.unlock();
    }
  }

  private void startNow() {
    var base = log.open();
    try {
      var started = sandboxes.start(sandboxRequest(base, base), new Listener(streams));
      try {
        record(new Change.Started(started.vm(), started.pid(), Instant.now()), base);
      } catch (CaissonException e) {
        started.discard();
        throw e;
      }
      sandbox = Optional.of(started);
      streams.started(new GuestStdin(started.init()));
      events.publish(this, "start", Map.of());
    } catch (CaissonException e) {
      startFailed(e, base);
      throw e;
    }
  }

  private SandboxRequest sandboxRequest(Lengths base, Lengths written) {
    return new SandboxRequest(
        id(),
        request(),
        directory,
        volumes.take(id(), request().spec()),
        base.stdout(),
        base.stderr(),
        written.stdout(),
        written.stderr());
  }

  private void startFailed(CaissonException failure, Lengths base) {
    int code =
        switch (failure.code()) {
          case COMMAND_NOT_FOUND -> 127;
          case COMMAND_NOT_EXECUTABLE -> 126;
          default -> 125;
        };
    recordOrComplain(
        new Change.StartFailed(new StartFailure(code, failure.text()), Instant.now()), base);
    volumes.giveBack(id());
    finishStreams();
    // The reason is the start's to tell; to those who wait, this is an exit like any other.
    watches.exited(new ExitWatch.Exit(code, Optional.empty()));
  }

  /** Notes a change of state; {@code base} is how long the log was when the run began. */
  private void record(Change change, Lengths base) {
    var next = Transitions.next(state, change);
    journal.append(id(), new Journal.Entry(next, 0, base.stdout(), base.stderr()));
    state = next;
  }

  /**
   * Notes what has happened already, which a full disk does not undo: the state goes on, and a
   * later daemon finds out for itself that the machine is gone.
   */
  private void recordOrComplain(Change change, Lengths base) {
    try {
      record(change, base);
    } catch (CaissonException e) {
      System.getLogger("caisson.engine").log(System.Logger.Level.ERROR, e.text());
      state = Transitions.next(state, change);
    }
  }

  /** Takes over what an earlier daemon left running. */
  void recover() {
    lock.lock();
    try {
      switch (state) {
        case ContainerState.Running(var _, var vm, var _) -> adopt(vm);
        case ContainerState.Paused(var _, var vm, var _) -> adopt(vm);
        case ContainerState.Created _, Exited _, ContainerState.Dead _ -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  private void adopt(String vm) {
    var written = log.open();
    var entry = journal.entry(id()).orElseThrow();
    try {
      var base = new Lengths(entry.stdoutBase(), entry.stderrBase());
      var request = sandboxRequest(base, written);
      sandbox = sandboxes.adopt(request, vm, new Listener(streams));
      sandbox.ifPresentOrElse(
          adopted -> streams.started(new GuestStdin(adopted.init())),
          () -> lost("the virtual machine died while no daemon was running"));
    } catch (CaissonException e) {
      lost(e.text());
    }
  }

  private void lost(String reason) {
    ended(new ProcessEvents.End(137, false, Optional.of(reason)));
  }

  private void ended(ProcessEvents.End end) {
    lock.lock();
    try {
      if (!state.running()) {
        return;
      }
      recordOrComplain(
          new Change.Ended(end.code(), Instant.now(), end.oomKilled(), end.error()), Lengths.NONE);
      finishStreams();
      if (end.oomKilled()) {
        events.publish(this, "oom", Map.of());
      }
      events.publish(this, "die", Map.of("exitCode", Integer.toString(end.code())));
      var over = sandbox;
      sandbox = Optional.empty();
      watches.exited(new ExitWatch.Exit(end.code(), end.error()));
      over.ifPresent(this::end);
      volumes.giveBack(id());
    } finally {
      lock.unlock();
    }
  }

  /** What a container has written for nobody else need not be written to the disk. */
  private void end(Sandbox over) {
    if (request().autoRemove() && !request().sharesFiles()) {
      over.discard();
    } else {
      over.shutDown();
    }
  }

  private void finishStreams() {
    streams.end();
    streams = newStreams();
    log.close();
  }

  /** Registers a wait; one for a container that does not run is over at once if it may be. */
  ExitWatch watch(WaitCondition condition) {
    lock.lock();
    try {
      if (condition == WaitCondition.NOT_RUNNING && !state.running()) {
        return ExitWatches.over(lastExit());
      }
      return watches.register(condition);
    } finally {
      lock.unlock();
    }
  }

  private ExitWatch.Exit lastExit() {
    return switch (state) {
      case Exited(var code, var _, var _, var _, var error) -> new ExitWatch.Exit(code, error);
      case ContainerState.Created(var failure) ->
          new ExitWatch.Exit(failure.map(StartFailure::code).orElse(0), Optional.empty());
      case ContainerState.Dead(var reason) -> new ExitWatch.Exit(137, Optional.of(reason));
      case ContainerState.Running _, ContainerState.Paused _ ->
          throw new IllegalStateException("a running container has no last exit");
    };
  }

  LogReader logs(LogQuery query) {
    return log.read(query);
  }

  /** Does {@code removal} while nothing else can happen to the container, which must not run. */
  void remove(Runnable removal) {
    lock.lock();
    try {
      requirePresent();
      if (state.running()) {
        throw new CaissonException(
            ErrorCode.CONFLICT,
            "You cannot remove a running container "
                + id()
                + ". Stop the container before attempting removal or force remove");
      }
      removal.run();
      removed = true;
      journal.forget(id());
      streams.end();
      watches.removed(lastExit());
    } finally {
      lock.unlock();
    }
  }

  private void requirePresent() {
    if (removed) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "No such container: " + id());
    }
  }

  /** Lets the sandbox run on for a later daemon. */
  void leave() {
    lock.lock();
    try {
      sandbox.ifPresent(Sandbox::leave);
      log.close();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the sandbox without asking the process. */
  void discardSandbox() {
    sandbox.ifPresent(Sandbox::discard);
  }

  private final class Listener implements ProcessEvents {
    private final ProcessStreams to;

    Listener(ProcessStreams to) {
      this.to = to;
    }

    @Override
    public void output(Source source, byte[] bytes) throws InterruptedException {
      to.output(source, bytes);
    }

    @Override
    public void exited() {
      to.exited();
    }

    @Override
    public void ended(End end) {
      LocalContainer.this.ended(end);
      if (request().autoRemove()) {
        events.autoRemove(LocalContainer.this);
      }
    }
  }
}
