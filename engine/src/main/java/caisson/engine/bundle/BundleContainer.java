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
import caisson.engine.sandbox.Tenant;
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
  private final Optional<EarlierMachine> earlier;
  private volatile BundleRecord record;
  private volatile Optional<Sandbox> sandbox = Optional.empty();
  private volatile Optional<ProcessExits.Watch> watch = Optional.empty();

  /**
   * @param earlier its machine, if an earlier daemon has started it
   */
  BundleContainer(
      BundleRecord record,
      Path directory,
      Sandboxes sandboxes,
      Monitors monitors,
      Optional<EarlierMachine> earlier) {
    this.record = record;
    this.earlier = earlier;
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

  /**
   * Makes its machine and its process.
   *
   * @param membership says which machine, if not one of its own
   */
  void create(Optional<Membership> membership) {
    lock.lock();
    try {
      var made = prepare(membership);
      boolean kept = false;
      try {
        cgroup().create();
        cgroup().add(record.monitor());
        if (membership.isEmpty()) {
          cgroup().add(made.pid());
        }
        note(record.in(Phase.CREATED, made.vm(), made.process()));
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

  private Sandbox prepare(Optional<Membership> membership) {
    var shared = membership.map(Membership::shared).orElse(List.of());
    var request = request(Kept.NOTHING, shared);
    return membership.isPresent()
        ? membership.get().host().require().join(request, membership.get().neighbours(), outlet)
        : sandboxes.prepare(request, outlet);
  }

  private void note(BundleRecord next) {
    next.write(directory);
    record = next;
  }

  /** What cannot be written does not happen, and what does not happen is not written. */
  private void change(Phase next, Runnable action) {
    var before = record;
    note(before.in(next));
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

  /** What a later daemon takes over. */
  Tenant tenant(Kept kept) {
    return new Tenant(request(kept, List.of()), record.firstProcess(), outlet);
  }

  private SandboxRequest request(Kept kept, List<String> shared) {
    var spec = record.spec();
    var bundle = Path.of(record.bundle());
    return new SandboxRequest(
        new ContainerId(record.id()),
        BundleSpec.forGuest(spec, bundle, shared),
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
      earlier.ifPresent(machine -> machine.known(this, new Kept(0, 0, stdout, stderr)));
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

  /** The machine that an earlier daemon started, or what is left of it: nothing. */
  void adopted(Optional<Sandbox> machine) {
    lock.lock();
    try {
      if (record.phase() == Phase.STOPPED) {
        machine.ifPresent(Sandbox::discard); // its monitor had gone
        return;
      }
      sandbox = machine;
      machine.ifPresent(its -> outlet.of(its.init()));
      if (record.phase() == Phase.PAUSED) {
        machine.ifPresent(Sandbox::pause);
      }
    } finally {
      lock.unlock();
    }
    if (machine.isEmpty()) {
      outlet.ended(End.lost("the virtual machine died while no daemon was running"));
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
    earlier.ifPresent(machine -> machine.known(this, Kept.NOTHING));
    lock.lock();
    try {
      sandbox.ifPresent(Sandbox::discard);
    } finally {
      lock.unlock();
    }
    outlet.ended(End.lost(why));
  }

  private void ended(End end) {
    lock.lock();
    try {
      if (record.phase() != Phase.STOPPED) {
        noteAnyway(record.in(Phase.STOPPED));
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
