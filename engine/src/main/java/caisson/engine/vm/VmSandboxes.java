package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.engine.EngineStatus;
import caisson.engine.Leak;
import caisson.engine.NetworkMode;
import caisson.engine.sandbox.ProcessEvents;
import caisson.engine.sandbox.Sandbox;
import caisson.engine.sandbox.SandboxRequest;
import caisson.engine.sandbox.Sandboxes;
import caisson.engine.vm.MachinePool.Kind;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.ContainerSetup;
import caisson.images.Images;
import caisson.oci.runtime.Spec;
import caisson.vmm.GuestAddress;
import caisson.vmm.Vm;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import caisson.vmm.Vmm;
import caisson.vmm.agent.Agent;
import caisson.vmm.agent.AgentTimeouts;
import caisson.vmm.agent.KeptProcess;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Gives each container a virtual machine of its own. */
public final class VmSandboxes implements Sandboxes, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("caisson.engine");

  private static final String WRITABLE = "writable";
  private static final String LAYER = "layer";
  private static final int ENTROPY = 64;
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

  private final Vmm vmm;
  private final Images images;
  private final AgentTimeouts timeouts;
  private final SecureRandom random = new SecureRandom();
  private final Set<VmId> starting = ConcurrentHashMap.newKeySet();
  private final MachinePool pool;

  /** Without machines that are kept ready. */
  public VmSandboxes(Vmm vmm, Images images, AgentTimeouts timeouts) {
    this(vmm, images, timeouts, Path.of(""), 0);
  }

  /**
   * Machines of {@code vmm}.
   *
   * @param cache where what can be made again is kept
   * @param ready how many machines of each kind that is in demand are kept ready
   */
  public VmSandboxes(Vmm vmm, Images images, AgentTimeouts timeouts, Path cache, int ready) {
    this.vmm = vmm;
    this.images = images;
    this.timeouts = timeouts;
    var image = ready > 0 ? RehearsalImage.in(cache) : cache;
    this.pool = new MachinePool(vmm, new Rehearsal(image, timeouts, this::anybody), ready);
  }

  @Override
  public Sandbox start(SandboxRequest request, ProcessEvents events) {
    return start(request, UnaryOperator.identity(), events);
  }

  @Override
  public Sandbox open(SandboxRequest request) {
    return start(request, ContainerSetup::filesOnly, new NoEvents());
  }

  /**
   * Starts a machine.
   *
   * @param purpose what becomes of the container's description
   */
  private Sandbox start(
      SandboxRequest request, UnaryOperator<ContainerSetup> purpose, ProcessEvents events) {
    SpecCheck.check(request.container().spec());
    var given = GivenFiles.of(request);
    var spec = machine(request, given);
    pool.startBegins();
    try {
      var ready = ready(spec, request);
      return ready.isPresent()
          ? start(ready.get(), spec, request, given, purpose, events)
          : boot(spec, request, given, purpose, events);
    } finally {
      pool.startEnds();
    }
  }

  /** A machine of the pool that has taken the container's disks. */
  private Optional<PooledMachine> ready(VmSpec spec, SandboxRequest request) {
    var taken = pool.take(spec, starting::add);
    try {
      taken.ifPresent(machine -> {
        machine.end().belongTo(request.directory());
        machine.vm().assign(spec.disks());
      });
      return taken;
    } catch (CaissonException e) {
      LOG.log(Level.WARNING, "a machine that was ready is of no use: " + e.text());
      taken.ifPresent(machine -> {
        machine.destroy();
        starting.remove(machine.vm().id());
      });
      return Optional.empty();
    }
  }

  private Sandbox boot(
      VmSpec spec,
      SandboxRequest request,
      GivenFiles given,
      UnaryOperator<ContainerSetup> purpose,
      ProcessEvents events) {
    starting.add(spec.id());
    try {
      var vm = vmm.start(spec);
      var end = MachineEnd.of(vm, request.directory());
      var machine = new PooledMachine(Kind.of(spec), vm, Agent.of(vm, timeouts, end), end);
      return start(machine, spec, request, given, purpose, events);
    } finally {
      starting.remove(spec.id());
    }
  }

  private VmSpec machine(SandboxRequest request, GivenFiles given) {
    var container = request.container();
    var shape = Shape.of(container.spec(), Runtime.getRuntime().availableProcessors());
    var disks = new ArrayList<VmDisk>();
    for (var layer : images.layers(container.sandbox().image())) {
      disks.add(new VmDisk(LAYER + disks.size(), layer, true));
    }
    var writable = ContainerDisk.in(request.directory(), container.sandbox().disk());
    disks.add(new VmDisk(WRITABLE, writable, false));
    disks.addAll(given.disks());
    return new VmSpec(
        VmId.random(),
        shape.memory(),
        shape.cpus(),
        network(container.sandbox().network()),
        disks,
        given.shares());
  }

  private static VmNetwork network(NetworkMode mode) {
    return switch (mode) {
      case NONE -> VmNetwork.NONE;
      case USER -> VmNetwork.USER;
    };
  }

  /** The guest comes up while its container is described. On failure the machine is gone. */
  private VmSandbox start(
      PooledMachine machine,
      VmSpec spec,
      SandboxRequest request,
      GivenFiles given,
      UnaryOperator<ContainerSetup> purpose,
      ProcessEvents events) {
    var vm = machine.vm();
    try {
      var container = request.container().spec();
      var layers =
          spec.disks().stream().map(VmDisk::serial).filter(s -> s.startsWith(LAYER)).toList();
      var names = request.container().sandbox().names();
      var resolver = HostResolver.read(RESOLV_CONF);
      var files = GeneratedFiles.of(container, names, vm.address(), resolver);
      var setup = purpose.apply(ContainerTranslation.of(request, layers, WRITABLE, given, files));
      var agent = machine.agent();
      var init = agent.configureAndCreate(identity(vm, container), setup, new EventBridge(events));
      return new VmSandbox(request, vm, agent, machine.end(), init);
    } catch (RuntimeException e) {
      machine.destroy();
      throw e;
    } finally {
      starting.remove(vm.id());
    }
  }

  /** What no two guests may share. */
  private Command.Configure identity(Vm vm, Spec spec) {
    return new Command.Configure(
        spec.hostname().orElse(""),
        now(),
        entropy(),
        vm.address().map(VmSandboxes::card).stream().toList(),
        vm.address().map(GuestAddress::gateway).orElse(""));
  }

  /** The same for a guest that has no container yet. */
  private Command.Configure anybody() {
    return new Command.Configure("", now(), entropy(), List.of(), "");
  }

  private static long now() {
    return Agent.nanoseconds(Instant.now());
  }

  private byte[] entropy() {
    var entropy = new byte[ENTROPY];
    random.nextBytes(entropy);
    return entropy;
  }

  private static Command.Interface card(GuestAddress address) {
    return new Command.Interface(address.card(), address.mac(), address.address(), address.mtu());
  }

  @Override
  public Optional<Sandbox> adopt(SandboxRequest request, String id, ProcessEvents events) {
    return vmm.adopt(new VmId(id)).map(vm -> adopt(vm, request, events));
  }

  private Sandbox adopt(Vm vm, SandboxRequest request, ProcessEvents events) {
    var kept =
        new KeptProcess(
            ContainerTranslation.INIT,
            request.container().spec().hasTerminal(),
            Math.max(0, request.stdoutWritten() - request.stdoutBase()),
            Math.max(0, request.stderrWritten() - request.stderrBase()),
            new EventBridge(events));
    var end = MachineEnd.of(vm, request.directory());
    try {
      vm.resume(); // the agent of a paused machine would not answer
      var adopted = Agent.adopt(vm, timeouts, end, kept);
      return new VmSandbox(request, vm, adopted.agent(), end, adopted.process());
    } catch (RuntimeException e) {
      vm.destroy();
      throw e;
    }
  }

  @Override
  public List<Leak> leaks(Set<String> known) {
    return vmm.remains(ids(known)).stream()
        .map(remains -> new Leak(remains.kind(), remains.name()))
        .toList();
  }

  @Override
  public void sweep(Set<String> known) {
    vmm.sweep(ids(known));
  }

  /** A machine that is being started belongs to a container that does not know it yet. */
  private Set<VmId> ids(Set<String> known) {
    var all = known.stream().map(VmId::new).collect(Collectors.toCollection(HashSet::new));
    all.addAll(pool.ids()); // first, because from there machines go to those that start
    all.addAll(starting);
    return all;
  }

  @Override
  public EngineStatus status() {
    var status = vmm.status();
    return new EngineStatus(
        status.accelerator(), status.reason(), status.kernel(), status.qemuVersion());
  }

  /** Ends the machines that have no container; all others run on. */
  @Override
  public void close() {
    pool.close();
  }

  /** Machines that wait for a container. */
  Set<VmId> waiting() {
    return pool.waiting();
  }
}
