package caisson.engine.vm;

import caisson.engine.EngineStatus;
import caisson.engine.Leak;
import caisson.engine.NetworkMode;
import caisson.engine.sandbox.ProcessEvents;
import caisson.engine.sandbox.Sandbox;
import caisson.engine.sandbox.SandboxRequest;
import caisson.engine.sandbox.Sandboxes;
import caisson.guest.protocol.Command;
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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives each container a virtual machine of its own. */
public final class VmSandboxes implements Sandboxes {
  private static final String WRITABLE = "writable";
  private static final String LAYER = "layer";
  private static final int ENTROPY = 64;
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

  private final Vmm vmm;
  private final Images images;
  private final AgentTimeouts timeouts;
  private final SecureRandom random = new SecureRandom();
  private final Set<VmId> starting = ConcurrentHashMap.newKeySet();

  public VmSandboxes(Vmm vmm, Images images, AgentTimeouts timeouts) {
    this.vmm = vmm;
    this.images = images;
    this.timeouts = timeouts;
  }

  @Override
  public Sandbox start(SandboxRequest request, ProcessEvents events) {
    SpecCheck.check(request.container().spec());
    var given = GivenFiles.of(request);
    var spec = machine(request, given);
    starting.add(spec.id());
    try {
      var vm = vmm.start(spec);
      var end = new MachineEnd(vm, request.directory());
      try {
        return start(vm, end, spec, request, given, events);
      } catch (RuntimeException e) {
        end.expect();
        vm.destroy();
        throw e;
      }
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

  /** The guest boots while its container is described. */
  private VmSandbox start(
      Vm vm,
      MachineEnd end,
      VmSpec machine,
      SandboxRequest request,
      GivenFiles given,
      ProcessEvents events) {
    var agent = Agent.of(vm, timeouts, end);
    var spec = request.container().spec();
    var layers =
        machine.disks().stream().map(VmDisk::serial).filter(s -> s.startsWith(LAYER)).toList();
    var files = GeneratedFiles.of(spec, vm.address(), HostResolver.read(RESOLV_CONF));
    var setup = ContainerTranslation.of(request, layers, WRITABLE, given, files);
    var init = agent.configureAndCreate(identity(vm, spec), setup, new EventBridge(events));
    return new VmSandbox(request, vm, agent, end, init);
  }

  /** What no two guests may share. */
  private Command.Configure identity(Vm vm, Spec spec) {
    var entropy = new byte[ENTROPY];
    random.nextBytes(entropy);
    var now = Instant.now();
    return new Command.Configure(
        spec.hostname().orElse(""),
        now.getEpochSecond() * 1_000_000_000 + now.getNano(),
        entropy,
        vm.address().map(VmSandboxes::card).stream().toList(),
        vm.address().map(GuestAddress::gateway).orElse(""));
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
    var end = new MachineEnd(vm, request.directory());
    try {
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
    return Stream.concat(known.stream().map(VmId::new), starting.stream())
        .collect(Collectors.toSet());
  }

  @Override
  public EngineStatus status() {
    var status = vmm.status();
    return new EngineStatus(
        status.accelerator(), status.reason(), status.kernel(), status.qemuVersion());
  }
}
