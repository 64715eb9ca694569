package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.engine.ContainerStats;
import caisson.engine.DefaultNetwork;
import caisson.engine.EngineStatus;
import caisson.engine.GuestTask;
import caisson.engine.Leak;
import caisson.engine.NetworkEndpoint;
import caisson.engine.Output.Source;
import caisson.engine.Signal;
import caisson.engine.Templates;
import caisson.engine.TerminalSize;
import caisson.engine.sandbox.GuestProcess;
import caisson.engine.sandbox.Neighbour;
import caisson.engine.sandbox.ProcessEvents;
import caisson.engine.sandbox.Sandbox;
import caisson.engine.sandbox.SandboxRequest;
import caisson.engine.sandbox.Sandboxes;
import caisson.engine.sandbox.StartTimings;
import caisson.engine.sandbox.Tenant;
import caisson.guest.protocol.ArchiveSetup;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.Resources;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;

/** Machines that exist only as objects; a test plays the guest. */
final class FakeSandboxes implements Sandboxes {
  static final ContainerStats STATS =
      new ContainerStats(Instant.EPOCH, 1, 2, 3, 4, 1, 5, 6, 7, 8, 9, List.of(), List.of());

  final Map<String, Fake> running = new ConcurrentHashMap<>();
  final List<SandboxRequest> requests = new CopyOnWriteArrayList<>();
  Optional<CaissonException> failure = Optional.empty();

  /** Is told of each exec by its number. */
  BiConsumer<Integer, FakeProcess> whenExec = (_, _) -> {};

  /** Plays a guest's child that works with files. */
  BiConsumer<ArchiveSetup, FakeProcess> fileWork = (_, process) -> process.end(0);

  /** Is run at the beginning of each start. */
  Runnable beforeStart = () -> {};

  @Override
  public Sandbox start(SandboxRequest request, ProcessEvents events) {
    beforeStart.run();
    if (failure.isPresent()) {
      throw failure.get();
    }
    requests.add(request);
    var fake = new Fake("vm" + requests.size(), events);
    running.put(fake.vm, fake);
    return fake;
  }

  @Override
  public Sandbox prepare(SandboxRequest request, ProcessEvents events) {
    return start(request, events);
  }

  @Override
  public Sandbox open(SandboxRequest request) {
    return start(request, new Ignored());
  }

  /** What nobody listens to. */
  private record Ignored() implements ProcessEvents {
    @Override
    public void output(Source source, byte[] bytes) {}

    @Override
    public void exited() {}

    @Override
    public void ended(End end) {}
  }

  @Override
  public Optional<List<Sandbox>> adopt(String vm, List<Tenant> tenants) {
    requests.add(tenants.getFirst().request());
    if (failure.isPresent()) {
      throw failure.get();
    }
    var fake = Optional.ofNullable(running.get(vm));
    fake.ifPresent(found -> found.process.events = tenants.getFirst().events());
    return fake.map(List::of);
  }

  @Override
  public List<Leak> leaks(Set<String> known) {
    return running.keySet().stream()
        .filter(vm -> !known.contains(vm))
        .map(vm -> new Leak("vm", vm))
        .toList();
  }

  @Override
  public void sweep(Set<String> known) {
    running.keySet().retainAll(known);
  }

  @Override
  public Templates templates() {
    throw new AssertionError("no test asks for templates");
  }

  @Override
  public EngineStatus status() {
    return new EngineStatus("fake", "it is a test", "none", "none");
  }

  @Override
  public DefaultNetwork network() {
    return DefaultNetwork.USER;
  }

  /** A machine of a test. */
  final class Fake implements Sandbox {
    final String vm;
    final FakeProcess process;
    final List<FakeProcess> execs = new ArrayList<>();
    final List<ProcessSpec> specs = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    Optional<CaissonException> refusal = Optional.empty();
    final List<ArchiveSetup> works = new ArrayList<>();
    volatile String end = "running";

    /** Has it write to its disk until it is abandoned. */
    volatile boolean writesForever;

    private final CountDownLatch abandoned = new CountDownLatch(1);

    Fake(String vm, ProcessEvents events) {
      this.vm = vm;
      this.process = new FakeProcess(events);
    }

    @Override
    public String vm() {
      return vm;
    }

    @Override
    public long pid() {
      return 1000;
    }

    @Override
    public NetworkEndpoint endpoint() {
      return NetworkEndpoint.NONE;
    }

    @Override
    public StartTimings timings() {
      return StartTimings.NONE;
    }

    @Override
    public GuestProcess init() {
      return process;
    }

    @Override
    public int process() {
      return Tenant.FIRST;
    }

    @Override
    public Sandbox join(SandboxRequest request, List<Neighbour> neighbours, ProcessEvents events) {
      throw new AssertionError("no test has two containers in one machine");
    }

    @Override
    public void begin() {
      calls.add("begin");
    }

    @Override
    public void signalAll(Signal signal) {
      calls.add("signal all " + signal.number());
    }

    @Override
    public GuestProcess exec(ProcessSpec spec, boolean openStdin, ProcessEvents events) {
      var exec = new FakeProcess(events);
      execs.add(exec);
      specs.add(spec);
      whenExec.accept(execs.size() - 1, exec);
      return exec;
    }

    @Override
    public void pause() {
      calls.add("pause");
    }

    @Override
    public void unpause() {
      calls.add("unpause");
    }

    @Override
    public void hold(boolean still) {
      calls.add(still ? "hold still" : "hold");
    }

    @Override
    public void release(boolean still) {
      calls.add("release");
    }

    @Override
    public void update(Resources resources) {
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      calls.add("update");
    }

    @Override
    public ContainerStats stats() {
      return STATS;
    }

    @Override
    public List<GuestTask> tasks() {
      return List.of();
    }

    @Override
    public GuestProcess files(ArchiveSetup work, ProcessEvents events) {
      works.add(work);
      var process = new FakeProcess(events);
      fileWork.accept(work, process);
      return process;
    }

    @Override
    public void shutDown() {
      if (writesForever) {
        awaitAbandoned();
      } else {
        over("shut down");
      }
    }

    private void awaitAbandoned() {
      try {
        abandoned.await();
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }

    @Override
    public void discard() {
      over("discarded");
      process.end(137, Optional.of("discarded"));
    }

    @Override
    public void abandon() {
      over("abandoned");
      abandoned.countDown();
    }

    @Override
    public void leave() {
      end = "left";
    }

    private void over(String how) {
      end = how;
      running.remove(vm);
    }
  }

  /** A process of a test. */
  static final class FakeProcess implements GuestProcess {
    volatile ProcessEvents events;
    final ByteArrayOutputStream input = new ByteArrayOutputStream();
    final List<Signal> signals = new ArrayList<>();
    boolean stdinClosed;
    boolean diesOfSignals = true;
    private boolean ended;

    FakeProcess(ProcessEvents events) {
      this.events = events;
    }

    void end(int code) {
      end(code, Optional.empty());
    }

    void end(int code, Optional<String> error) {
      if (!ended) {
        ended = true;
        events.ended(new ProcessEvents.End(code, false, error));
      }
    }

    @Override
    public int pid() {
      return 1;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      input.write(bytes, offset, length);
    }

    @Override
    public void closeStdin() {
      stdinClosed = true;
    }

    @Override
    public void signal(Signal signal) {
      signals.add(signal);
      if (diesOfSignals || signal.equals(Signal.KILL)) {
        end(128 + signal.number());
      }
    }

    @Override
    public void resize(TerminalSize size) {}
  }
}
