package caisson.engine.bundle;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.BundleLink;
import caisson.engine.BundleStatus;
import caisson.engine.BundleStatus.Phase;
import caisson.engine.BundleStreams;
import caisson.engine.NameResolution;
import caisson.engine.Signal;
import caisson.engine.sandbox.ProcessEvents.End;
import caisson.engine.sandbox.RootFiles;
import caisson.engine.sandbox.Sandbox;
import caisson.engine.sandbox.SandboxRequest;
import caisson.engine.sandbox.SandboxRequest.Kept;
import caisson.engine.sandbox.Sandboxes;
import caisson.engine.sandbox.Uplink;
import caisson.linux.ProcessExits;
import caisson.oci.Json;
import caisson.oci.runtime.ProcessSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** One bundle's container. Whatever changes it holds {@link #lock}; looking at it never waits. */
final class BundleContainer {
  private static final System.Logger LOG = System.getLogger("caisson.engine");

  private final Path directory;
  private final Sandboxes sandboxes;
  private final Monitors monitors;
  private final ReentrantLock lock = new ReentrantLock();
  private final Outlet outlet = new Outlet(this::ended);
  private final AtomicBoolean starts = new AtomicBoolean();
  private final BundleExecs execs;
  private volatile BundleRecord record;
  private volatile Optional<Sandbox> sandbox = Optional.empty();
  private volatile Optional<ProcessExits.Watch> watch = Optional.empty();

  BundleContainer(BundleRecord record, Path directory, Sandboxes sandboxes, Monitors monitors) {
    this.record = record;
    this.directory = directory;
    this.sandboxes = sandboxes;
    this.monitors = monitors;
    this.execs = new BundleExecs(monitors);
  }

  Path directory() {
    return directory;
  }

  BundleRecord record() {
    return record;
  }

  /** The id of its machine, if it has one. */
  Optional<String> machine() {
    return record.phase() == Phase.STOPPED || record.vm().isEmpty()
        ? Optional.empty()
        : Optional.of(record.vm());
  }

  BundleStatus status() {
    var now = record;
    return new BundleStatus(
        now.key(),
        now.phase(),
        now.phase() == Phase.STOPPED ? 0 : now.monitor(),
        sandbox.map(Sandbox::pid).orElse(0L),
        Path.of(now.bundle()),
        BundleSpec.root(now.spec(), Path.of(now.bundle())),
        Instant.parse(now.created()),
        now.spec().annotations(),
        BundleSpec.hooks(now.spec()));
  }

  /** Where its processes on the host are. */
  HostCgroup cgroup() {
    return BundleSpec.cgroup(record.spec());
  }

  /** Makes its machine and its process. */
  void create() {
    lock.lock();
    try {
      var made = sandboxes.prepare(request(Kept.NOTHING), outlet);
      boolean kept = false;
      try {
        cgroup().create();
        cgroup().add(record.monitor());
        cgroup().add(made.pid());
        note(record.in(Phase.CREATED, made.vm()));
        kept = true;
      } finally {
        if (!kept) {
          made.discard();
        }
      }
      sandbox = Optional.of(made);
      outlet.of(made.init());
      watchMonitor();
    } finally {
      lock.unlock();
    }
  }

  private void note(BundleRecord next) {
    next.write(directory);
    record = next;
  }

  /** What cannot be written does not happen, and what does not happen is not written. */
  private void change(Phase next, Runnable action) {
    var before = record;
    note(before.in(next, before.vm()));
    try {
      action.run();
    } catch (CaissonException e) {
      noteAnyway(before);
      throw e;
    }
  }

  /** It is so, whether it can be written or not. */
  private void noteAnyway(BundleRecord now) {
    record = now;
    try {
      now.write(directory);
    } catch (CaissonException e) {
      LOG.log(System.Logger.Level.WARNING, e.text());
    }
  }

  private SandboxRequest request(Kept kept) {
    var spec = record.spec();
    var bundle = Path.of(record.bundle());
    return new SandboxRequest(
        new ContainerId(record.id()),
        BundleSpec.forGuest(spec, bundle),
        new RootFiles.OfHost(BundleSpec.root(spec, bundle)),
        uplink(),
        List.of(),
        List.of(),
        false,
        true,
        NameResolution.DEFAULT,
        directory,
        Map.of(),
        kept);
  }

  /** The monitor is in the namespace that the machine is to join. */
  private Uplink uplink() {
    return BundleSpec.ownNetwork(record.spec())
        ? new Uplink.OfNamespace(Path.of("/proc/" + record.monitor() + "/ns/net"))
        : Uplink.NONE;
  }

  void start() {
    requireWaiting();
    if (!starts.compareAndSet(false, true)) {
      throw conflict("cannot start a container that is being started");
    }
    try {
      runHooks();
      begin();
    } finally {
      starts.set(false);
    }
  }

  private void requireWaiting() {
    if (record.phase() != Phase.CREATED) {
      throw conflict("cannot start a container that has " + past(record.phase()));
    }
  }

  /** Nothing is held meanwhile: whoever is tired of a hook can kill the container. */
  private void runHooks() {
    try {
      var state = Json.write(status().state(Phase.CREATED.word()));
      GuestHooks.run(record.spec(), require(), state);
    } catch (CaissonException e) {
      lost(e.text());
      throw e;
    }
  }

  private void begin() {
    lock.lock();
    try {
      requireWaiting();
      change(Phase.RUNNING, require()::begin);
    } finally {
      lock.unlock();
    }
  }

  private static String past(Phase phase) {
    return phase == Phase.STOPPED ? "stopped" : "been started";
  }

  private CaissonException conflict(String text) {
    return new CaissonException(ErrorCode.CONFLICT, text);
  }

  /** The machine of a container that has not stopped. */
  private Sandbox require() {
    return sandbox.orElseThrow(() -> conflict("container not running"));
  }

  void kill(Signal signal, boolean everyone) {
    var machine = require();
    if (record.phase() == Phase.CREATED && signal.equals(Signal.KILL)) {
      lost("it was killed before it was started");
      return;
    }
    if (record.phase() == Phase.PAUSED && signal.equals(Signal.KILL)) {
      resume();
    }
    if (everyone) {
      machine.signalAll(signal);
    } else {
      machine.init().signal(signal);
    }
  }

  void pause() {
    lock.lock();
    try {
      if (record.phase() != Phase.RUNNING) {
        throw conflict("container not running");
      }
      change(Phase.PAUSED, require()::pause);
    } finally {
      lock.unlock();
    }
  }

  void resume() {
    lock.lock();
    try {
      if (record.phase() != Phase.PAUSED) {
        throw conflict("container not paused");
      }
      change(Phase.RUNNING, require()::unpause);
    } finally {
      lock.unlock();
    }
  }

  Sandbox running() {
    return require();
  }

  List<Long> monitors() {
    require();
    return Stream.concat(Stream.of(record.monitor()), execs.monitors().stream()).toList();
  }

  void exec(ProcessSpec process, long monitor) {
    if (record.phase() != Phase.RUNNING) {
      throw conflict("cannot exec in a container that is not running");
    }
    cgroup().add(monitor);
    execs.start(require(), process, monitor);
  }

  /** Ends it, whatever it does. */
  void end() {
    lost("it was deleted");
  }

  BundleStreams connect(Optional<Long> exec, BundleLink link, long stdout, long stderr) {
    var streams = exec.isPresent() ? exec(exec.get()) : outlet;
    streams.connect(link, stdout, stderr);
    if (exec.isEmpty()) {
      // Output comes at once, and is counted from where the monitor is.
      adopt(stdout, stderr);
    }
    return streams;
  }

  private Outlet exec(long monitor) {
    return execs
        .of(monitor)
        .orElseThrow(() ->
            new CaissonException(
                ErrorCode.NOT_FOUND, "nothing is known of a process with the monitor " + monitor));
  }

  /** Takes the machine of an earlier daemon over, now that it is known what has been written. */
  private void adopt(long stdout, long stderr) {
    lock.lock();
    try {
      if (sandbox.isPresent() || machine().isEmpty()) {
        return;
      }
      var kept = new Kept(0, 0, stdout, stderr);
      var adopted = sandboxes.adopt(request(kept), record.vm(), outlet);
      if (adopted.isPresent() && record.phase() != Phase.STOPPED) {
        sandbox = adopted;
        outlet.of(adopted.get().init());
        if (record.phase() == Phase.PAUSED) {
          adopted.get().pause();
        }
      } else if (adopted.isEmpty()) {
        outlet.ended(End.lost("the virtual machine died while no daemon was running"));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Looks after what an earlier daemon left: its monitor will connect, or is dead. */
  void recover() {
    if (record.phase() != Phase.STOPPED) {
      watchMonitor();
    }
  }

  private void watchMonitor() {
    watch = monitors.watch(record.monitorProcess(), this::monitorGone);
  }

  private void monitorGone() {
    lost("its monitor is gone");
  }

  private void lost(String why) {
    outlet.abandon();
    lock.lock();
    try {
      sandbox.or(this::leftBehind).ifPresent(Sandbox::discard);
    } finally {
      lock.unlock();
    }
    outlet.ended(End.lost(why));
  }

  /** The machine of an earlier daemon, for which no monitor has come. */
  private Optional<Sandbox> leftBehind() {
    try {
      return machine().flatMap(vm -> sandboxes.adopt(request(Kept.NOTHING), vm, outlet));
    } catch (CaissonException e) {
      LOG.log(System.Logger.Level.WARNING, e.text());
      return Optional.empty();
    }
  }

  private void ended(End end) {
    lock.lock();
    try {
      if (record.phase() != Phase.STOPPED) {
        noteAnyway(record.in(Phase.STOPPED, record.vm()));
        var over = sandbox;
        sandbox = Optional.empty();
        over.ifPresent(Sandbox::shutDown);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets its machine run on for a later daemon, which looks after its monitor then. */
  void leave() {
    watch.ifPresent(ProcessExits.Watch::close);
    sandbox.ifPresent(Sandbox::leave);
  }
}
