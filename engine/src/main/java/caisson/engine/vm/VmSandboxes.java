package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.engine.DefaultNetwork;
import caisson.engine.EngineStatus;
import caisson.engine.Leak;
import caisson.engine.Templates;
import caisson.engine.sandbox.ProcessEvents;
import caisson.engine.sandbox.RootFiles;
import caisson.engine.sandbox.Sandbox;
import caisson.engine.sandbox.SandboxRequest;
import caisson.engine.sandbox.Sandboxes;
import caisson.engine.sandbox.Tenant;
import caisson.engine.sandbox.Uplink;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.ContainerSetup;
import caisson.images.Images;
import caisson.network.PortRequest;
import caisson.oci.runtime.Spec;
import caisson.vmm.GuestAddress;
import caisson.vmm.Vm;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
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
import java.util.stream.Stream;

/** Gives each container a virtual machine of its own. */
public final class VmSandboxes implements Sandboxes, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("caisson.engine");

  /** What a container writes is on this disk; in a machine that waited perhaps on the other. */
  static final String WRITABLE = "writable";

  private static final String OTHER_WRITABLE = "other-writable";
  private static final String LAYER = "layer";
  private static final int ENTROPY = 64;

  private final Vmm vmm;
  private final Images images;
  private final MachineNetworks networks;
  private final AgentTimeouts timeouts;
  private final MachineStarter starter;
  private final SecureRandom random = new SecureRandom();
  private final Set<VmId> starting = ConcurrentHashMap.newKeySet();
  private final MachinePool pool;
  private final Clearance clearance = new Clearance();

  /**
   * What a machine is started for.
   *
   * @param ports to publish
   * @param setup what becomes of the container's description
   */
  private record Purpose(
      Uplink uplink, List<PortRequest> ports, UnaryOperator<ContainerSetup> setup) {
    /** Nobody but the daemon speaks with the guest. */
    static final Purpose FILES = new Purpose(Uplink.NONE, List.of(), ContainerSetup::filesOnly);

    static Purpose of(SandboxRequest request, UnaryOperator<ContainerSetup> setup) {
      return new Purpose(request.uplink(), request.ports(), setup);
    }
  }

  /** Without machines that are kept ready. */
  public VmSandboxes(Vmm vmm, Images images, MachineNetworks networks, AgentTimeouts timeouts) {
    this(vmm, images, networks, timeouts, Path.of(""), 0);
  }

  /**
   * Machines of {@code vmm}.
   *
   * @param cache where what can be made again is kept
   * @param ready how many machines of each kind that is in demand are kept ready
   */
  public VmSandboxes(
      Vmm vmm,
      Images images,
      MachineNetworks networks,
      AgentTimeouts timeouts,
      Path cache,
      int ready) {
    this.vmm = vmm;
    this.images = images;
    this.networks = networks;
    this.timeouts = timeouts;
    this.starter = new MachineStarter(vmm, networks, timeouts);
    var rehearsal =
        ready > 0 ? Rehearsal.in(cache, this::anybody) : new Rehearsal(cache, cache, this::anybody);
    this.pool = new MachinePool(starter, rehearsal, ready);
  }

  @Override
  public Sandbox start(SandboxRequest request, ProcessEvents events) {
    return start(request, Purpose.of(request, UnaryOperator.identity()), events);
  }

  @Override
  public Sandbox prepare(SandboxRequest request, ProcessEvents events) {
    return start(request, Purpose.of(request, ContainerSetup::waiting), events);
  }

  @Override
  public Sandbox open(SandboxRequest request) {
    return start(request, Purpose.FILES, new NoEvents());
  }

  private Sandbox start(SandboxRequest request, Purpose purpose, ProcessEvents events) {
    var watch = new Stopwatch();
    SpecCheck.check(request.spec());
    var kind = Kind.of(request.spec(), purpose.uplink());
    var given = GivenFiles.of(request);
    var disks = new ArrayList<>(layers(request));
    disks.addAll(given.disks());
    watch.ends("image");
    pool.startBegins();
    try {
      var ready = given.shares().isEmpty() ? ready(kind, disks, request) : Optional.<Ready>empty();
      var machine = ready.isPresent() ? ready.get() : boot(kind, disks, given, request);
      watch.ends(ready.isPresent() ? "disks" : "machine");
      return start(machine, disks, request, given, purpose, events, watch);
    } finally {
      pool.startEnds();
    }
  }

  /**
   * A machine that has its container's disks.
   *
   * @param writable the serial number of the one that takes what the container writes
   */
  private record Ready(Machine machine, String writable) {}

  /** A machine of the pool that has taken the container's disks. */
  private Optional<Ready> ready(Kind kind, List<VmDisk> disks, SandboxRequest request) {
    var taken = pool.take(kind, starting::add);
    try {
      return taken.map(machine -> assign(machine, disks, request));
    } catch (CaissonException e) {
      LOG.log(Level.WARNING, "a machine that was ready is of no use: " + e.text());
      taken.ifPresent(machine -> {
        machine.destroy();
        starting.remove(machine.vm().id());
      });
      return Optional.empty();
    }
  }

  private static Ready assign(Machine machine, List<VmDisk> disks, SandboxRequest request) {
    machine.end().belongTo(request.directory());
    var assigned = new ArrayList<>(disks);
    boolean hasDisk =
        request.root() instanceof RootFiles.OfImage(var _, var size)
            && machine.spare().filter(it -> it.becomes(request.directory(), size)).isPresent();
    if (!hasDisk) {
      assigned.addAll(writable(request, OTHER_WRITABLE));
    }
    machine.vm().assign(assigned);
    return new Ready(machine, hasDisk ? WRITABLE : OTHER_WRITABLE);
  }

  private Ready boot(Kind kind, List<VmDisk> disks, GivenFiles given, SandboxRequest request) {
    var id = VmId.random();
    starting.add(id);
    try {
      var all = new ArrayList<>(disks);
      all.addAll(writable(request, WRITABLE));
      var machine =
          starter.start(
              id, kind, all, given.shares(), vm -> MachineEnd.of(vm, request.directory()));
      return new Ready(machine, WRITABLE);
    } catch (RuntimeException e) {
      starting.remove(id);
      throw e;
    }
  }

  private List<VmDisk> layers(SandboxRequest request) {
    var layers = new ArrayList<VmDisk>();
    if (request.root() instanceof RootFiles.OfImage(var image, var _)) {
      for (var layer : images.layers(image)) {
        layers.add(new VmDisk(LAYER + layers.size(), layer, true));
      }
    }
    return layers;
  }

  /** The container's own disk, if its root is an image's. */
  private static List<VmDisk> writable(SandboxRequest request, String serial) {
    return request.root() instanceof RootFiles.OfImage(var _, var size)
        ? List.of(new VmDisk(serial, ContainerDisk.in(request.directory(), size), false))
        : List.of();
  }

  /** The guest comes up while its container is described. On failure the machine is gone. */
  private VmSandbox start(
      Ready ready,
      List<VmDisk> disks,
      SandboxRequest request,
      GivenFiles given,
      Purpose purpose,
      ProcessEvents events,
      Stopwatch watch) {
    var machine = ready.machine();
    var vm = machine.vm();
    try {
      publish(machine, purpose.ports(), request);
      watch.ends("ports");
      var container = request.spec();
      var layers = disks.stream().map(VmDisk::serial).filter(s -> s.startsWith(LAYER)).toList();
      var files = files(request, vm);
      var translated =
          ContainerTranslation.of(
              request, layers, ready.writable(), given, files, ContainerTranslation.INIT);
      var setup = purpose.setup().apply(translated);
      var agent = machine.agent();
      var init = agent.configureAndCreate(identity(vm, container), setup, new EventBridge(events));
      watch.ends("process");
      var household = new Household(machine, clearance, request.id().value());
      return new VmSandbox(request, household, init, watch.timings());
    } catch (RuntimeException e) {
      machine.destroy();
      throw e;
    } finally {
      starting.remove(vm.id());
    }
  }

  /** Whoever brings a root of its own brings these files too. */
  private static List<ContainerSetup.File> files(SandboxRequest request, Vm vm) {
    return switch (request.root()) {
      case RootFiles.OfImage _ ->
          GeneratedFiles.of(request.spec(), request.names(), vm.address(), HostResolver.ofHost());
      case RootFiles.OfHost _ -> List.of();
    };
  }

  /** Publishes ports and writes down which, for a later daemon. */
  private static void publish(
      Machine machine, List<PortRequest> requests, SandboxRequest container) {
    machine.link().publish(machine.vm(), requests);
    PortRecord.in(container.directory()).write(machine.link().endpoint().ports());
  }

  /** What no two guests may share. */
  private Command.Configure identity(Vm vm, Spec spec) {
    return identity(vm, spec.hostname().orElse(""));
  }

  /** The same for a guest that has no container yet. */
  private Command.Configure anybody(Vm vm) {
    return identity(vm, "");
  }

  private Command.Configure identity(Vm vm, String name) {
    return new Command.Configure(
        name,
        Agent.nanoseconds(Instant.now()),
        entropy(),
        vm.address().map(VmSandboxes::card).stream().toList(),
        vm.address().map(GuestAddress::gateways).orElse(List.of()));
  }

  private byte[] entropy() {
    var entropy = new byte[ENTROPY];
    random.nextBytes(entropy);
    return entropy;
  }

  private static Command.Interface card(GuestAddress address) {
    return new Command.Interface(address.card(), address.mac(), address.addresses(), address.mtu());
  }

  @Override
  public Optional<List<Sandbox>> adopt(String id, List<Tenant> tenants) {
    return vmm.adopt(new VmId(id)).map(vm -> adopt(vm, tenants));
  }

  /** The first of the tenants speaks for all: a machine has one card, and one last word. */
  private List<Sandbox> adopt(Vm vm, List<Tenant> tenants) {
    var first = tenants.getFirst().request();
    var link = networks.adopt(vm, first.uplink(), PortRecord.in(first.directory()).read());
    var end = MachineEnd.of(vm, first.directory());
    try {
      vm.resume(); // the agent of a paused machine would not answer
      var kept = tenants.stream().map(VmSandboxes::kept).toList();
      var adopted = Agent.adopt(vm, timeouts, end, kept);
      var kind = Kind.of(first.spec(), first.uplink());
      var machine = new Machine(kind, vm, link, adopted.agent(), end);
      return VmSandbox.adopted(machine, clearance, tenants, adopted.processes());
    } catch (RuntimeException e) {
      vm.destroy();
      link.close();
      throw e;
    }
  }

  private static KeptProcess kept(Tenant tenant) {
    var streams = tenant.request().streams();
    return new KeptProcess(
        tenant.process(),
        tenant.request().spec().hasTerminal(),
        Math.max(0, streams.stdout() - streams.stdoutBase()),
        Math.max(0, streams.stderr() - streams.stderrBase()),
        new EventBridge(tenant.events()));
  }

  @Override
  public List<Leak> leaks(Set<String> known) {
    var machines = vmm.remains(ids(known)).stream().map(it -> new Leak(it.kind(), it.name()));
    return Stream.concat(machines, networks.leaks().stream()).toList();
  }

  @Override
  public void sweep(Set<String> known) {
    new Strangers(vmm).shutDown(ids(known));
    vmm.sweep(ids(known));
    networks.sweep();
  }

  @Override
  public DefaultNetwork network() {
    return networks.standard();
  }

  /** A machine that is being started belongs to a container that does not know it yet. */
  private Set<VmId> ids(Set<String> known) {
    var all = known.stream().map(VmId::new).collect(Collectors.toCollection(HashSet::new));
    all.addAll(pool.ids()); // first, because from there machines go to those that start
    all.addAll(starting);
    all.addAll(clearance.ids());
    return all;
  }

  @Override
  public Templates templates() {
    return new VmSandboxTemplates(vmm.templates());
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
    clearance.close();
  }

  /** Machines that wait for a container. */
  Set<VmId> waiting() {
    return pool.waiting();
  }
}
