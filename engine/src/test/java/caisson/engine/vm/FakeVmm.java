package caisson.engine.vm;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.testkit.FakeAgent;
import caisson.testkit.FakeProgram;
import caisson.vmm.GuestAddress;
import caisson.vmm.Vm;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmRemains;
import caisson.vmm.VmShare;
import caisson.vmm.VmSpec;
import caisson.vmm.VmTemplates;
import caisson.vmm.Vmm;
import caisson.vmm.VmmStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Machines that are nothing but an agent's socket. */
final class FakeVmm implements Vmm {
  final Map<VmId, Fake> running = new ConcurrentHashMap<>();
  final List<VmSpec> specs = new CopyOnWriteArrayList<>();
  Optional<CaissonException> failure = Optional.empty();
  volatile boolean clones;
  private final Path directory;
  private final FakeProgram program;

  FakeVmm(Path directory, FakeProgram program) {
    this.directory = directory;
    this.program = program;
  }

  /** The only machine that runs. */
  Fake only() {
    return running.values().iterator().next();
  }

  @Override
  public Vm start(VmSpec spec) {
    if (failure.isPresent()) {
      throw failure.get();
    }
    specs.add(spec);
    var vm = new Fake(spec);
    running.put(spec.id(), vm);
    return vm;
  }

  @Override
  public boolean clones(VmSpec spec) {
    return clones;
  }

  @Override
  public Optional<Vm> adopt(VmId id) {
    return Optional.ofNullable(running.get(id));
  }

  @Override
  public List<VmRemains> remains(Set<VmId> known) {
    return running.keySet().stream()
        .filter(id -> !known.contains(id))
        .map(id -> new VmRemains("machine", id.value()))
        .toList();
  }

  @Override
  public Set<VmId> strangers(Set<VmId> known) {
    var strangers = new HashSet<>(running.keySet());
    strangers.removeAll(known);
    return strangers;
  }

  @Override
  public void sweep(Set<VmId> known) {
    running.values().stream().filter(vm -> !known.contains(vm.id())).forEach(Fake::destroy);
  }

  @Override
  public VmTemplates templates() {
    throw new AssertionError("no test asks for templates");
  }

  @Override
  public VmmStatus status() {
    return new VmmStatus("none", "it is a test", "no kernel", "no QEMU");
  }

  /** A machine of a test. */
  final class Fake implements Vm {
    final FakeAgent agent;
    volatile String console = "";
    volatile List<VmDisk> assigned = List.of();
    volatile Optional<CaissonException> refusal = Optional.empty();
    final List<String> calls = new CopyOnWriteArrayList<>();
    private final VmSpec spec;
    private final CountDownLatch gone = new CountDownLatch(1);
    private final CountDownLatch cleared = new CountDownLatch(1);
    private final List<Consumer<String>> listeners = new ArrayList<>();
    private Optional<String> end = Optional.empty();

    Fake(VmSpec spec) {
      this.spec = spec;
      this.agent = new FakeAgent(agentSocket(), program, () -> end("the guest shut down"));
    }

    /** The VMM's process ends. */
    void end(String sentence) {
      List<Consumer<String>> told;
      synchronized (listeners) {
        if (end.isPresent()) {
          return;
        }
        end = Optional.of(sentence);
        told = List.copyOf(listeners);
      }
      agent.close();
      gone.countDown();
      told.forEach(listener -> listener.accept(sentence));
    }

    /** Waits until the machine has been cleared away. */
    void awaitCleared() throws InterruptedException {
      cleared.await();
    }

    @Override
    public VmId id() {
      return spec.id();
    }

    @Override
    public long pid() {
      return 4711;
    }

    @Override
    public Path agentSocket() {
      return directory.resolve(spec.id().value());
    }

    @Override
    public Path portSocket() {
      return Path.of("/nonexistent");
    }

    @Override
    public Optional<GuestAddress> address() {
      return spec.network().equals(VmNetwork.NONE)
          ? Optional.empty()
          : Optional.of(TestSpecs.ADDRESS);
    }

    @Override
    public void assign(List<VmDisk> disks) {
      refusal.ifPresent(why -> {
        throw why;
      });
      assigned = disks;
    }

    @Override
    public void share(List<VmShare> shares) {
      shares.forEach(share -> calls.add("share " + share.name() + " " + share.source()));
    }

    @Override
    public void unshare(List<String> names) {
      calls.add("unshare " + String.join(" ", names));
    }

    @Override
    public String consoleTail() {
      return console;
    }

    @Override
    public ByteSize memory() {
      return spec.memory();
    }

    @Override
    public void pause() {
      calls.add("pause");
    }

    @Override
    public void resume() {
      calls.add("resume");
    }

    @Override
    public void onExit(Consumer<String> listener) {
      Optional<String> already;
      synchronized (listeners) {
        listeners.add(listener);
        already = end;
      }
      already.ifPresent(listener);
    }

    @Override
    public boolean awaitExit(Duration timeout) throws InterruptedException {
      return gone.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void kill() {
      end("it was killed");
    }

    @Override
    public void destroy() {
      end("it was destroyed");
      running.remove(id());
      try {
        Files.deleteIfExists(agentSocket());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      cleared.countDown();
    }

    @Override
    public void release() {}
  }
}
