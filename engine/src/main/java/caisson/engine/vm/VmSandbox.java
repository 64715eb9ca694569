package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.engine.ContainerStats;
import caisson.engine.GuestTask;
import caisson.engine.NetworkEndpoint;
import caisson.engine.Signal;
import caisson.engine.sandbox.GuestProcess;
import caisson.engine.sandbox.Neighbour;
import caisson.engine.sandbox.ProcessEvents;
import caisson.engine.sandbox.Sandbox;
import caisson.engine.sandbox.SandboxRequest;
import caisson.engine.sandbox.StartTimings;
import caisson.engine.sandbox.Tenant;
import caisson.engine.vm.Household.Leaving;
import caisson.guest.protocol.ArchiveSetup;
import caisson.guest.protocol.Command;
import caisson.network.GivenNamespace;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.Resources;
import caisson.vmm.Vm;
import caisson.vmm.VmShare;
import caisson.vmm.agent.Agent;
import caisson.vmm.agent.AgentProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A container's machine. */
final class VmSandbox implements Sandbox {
  /** How long a guest that has said goodbye may take to be gone. */
  private static final Duration GOODBYE = Duration.ofSeconds(10);

  private static final System.Logger LOG = System.getLogger("caisson.engine");

  private final SandboxRequest request;
  private final Household household;
  private final Machine machine;
  private final Vm vm;
  private final Agent agent;
  private final VmProcess init;
  private final StartTimings timings;

  /** Nobody has to wait for the machine any longer. */
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();

  private int works;
  private int stillWorks;
  private Optional<byte[]> filter = Optional.empty();

  /** Of a paused container, which can be asked nothing. */
  private volatile Optional<ContainerStats> lastUsage = Optional.empty();

  VmSandbox(SandboxRequest request, Household household, AgentProcess init, StartTimings timings) {
    this.request = request;
    this.household = household;
    this.machine = household.machine();
    this.vm = machine.vm();
    this.agent = machine.agent();
    this.init = new VmProcess(agent, init);
    this.timings = timings;
  }

  /** All of a machine that an earlier daemon started. */
  static List<Sandbox> adopted(
      Machine machine, Clearance clearance, List<Tenant> tenants, List<AgentProcess> processes) {
    var household = new Household(machine, clearance, tenants.getFirst().request().id().value());
    var sandboxes = new ArrayList<Sandbox>();
    for (var tenant : tenants) {
      var request = tenant.request();
      household.join(request.id().value());
      var init = processes.get(sandboxes.size());
      sandboxes.add(new VmSandbox(request, household, init, StartTimings.NONE));
    }
    return sandboxes;
  }

  private GivenFiles given() {
    return process() == Tenant.FIRST
        ? GivenFiles.of(request)
        : GivenFiles.ofFurther(request, process());
  }

  private static List<String> names(GivenFiles given) {
    return given.shares().stream().map(VmShare::name).toList();
  }

  @Override
  public int process() {
    return init.process().number();
  }

  @Override
  public Sandbox join(SandboxRequest further, List<Neighbour> neighbours, ProcessEvents events) {
    SpecCheck.check(further.spec());
    Shape.requireRoomBeside(vm.memory(), further.spec());
    household.join(further.id().value());
    try {
      wake();
      return add(further, neighbours, events);
    } catch (RuntimeException e) {
      if (household.leave(further.id().value()) == Leaving.EMPTY) {
        machine.destroy(); // all others have gone meanwhile
      }
      throw e;
    }
  }

  private Sandbox add(SandboxRequest further, List<Neighbour> neighbours, ProcessEvents events) {
    int number = agent.takeNumber();
    var given = GivenFiles.ofFurther(further, number);
    var setup = ContainerTranslation.of(further, List.of(), "", given, List.of(), number).waiting();
    var shared = neighbours.stream().map(ContainerTranslation::shared).toList();
    var watch = new Stopwatch();
    vm.share(given.shares());
    watch.ends("files");
    try {
      var started = agent.join(setup, shared, new EventBridge(events));
      watch.ends("process");
      return new VmSandbox(further, household, started, watch.timings());
    } catch (RuntimeException e) {
      vm.unshare(names(given));
      throw e;
    }
  }

  @Override
  public String vm() {
    return vm.id().value();
  }

  @Override
  public long pid() {
    return vm.pid();
  }

  @Override
  public NetworkEndpoint endpoint() {
    return machine.link().endpoint();
  }

  @Override
  public StartTimings timings() {
    return timings;
  }

  @Override
  public GuestProcess init() {
    return init;
  }

  @Override
  public void begin() {
    if (process() == Tenant.FIRST) {
      machine.link().join().ifPresent(this::setCard);
    }
    agent.startContainer(container());
  }

  @Override
  public void signalAll(Signal signal) {
    init.signalAll(signal);
  }

  private void setCard(GivenNamespace.Interface given) {
    var card = new Command.Interface("eth0", given.mac(), given.addresses(), given.mtu());
    agent.configure(
        new Command.Configure(
            "", Agent.nanoseconds(Instant.now()), new byte[0], List.of(card), given.gateways()));
  }

  @Override
  public GuestProcess exec(ProcessSpec process, boolean openStdin, ProcessEvents events) {
    var setup = ProcessTranslation.of(process, openStdin, filter());
    return new VmProcess(agent, agent.exec(container(), setup, new EventBridge(events)));
  }

  @Override
  public GuestProcess files(ArchiveSetup work, ProcessEvents events) {
    return new VmProcess(agent, agent.archive(request.id().value(), work, new EventBridge(events)));
  }

  /** Compiled for the first exec, and then kept for all others. */
  private synchronized byte[] filter() {
    var compiled = filter.orElseGet(() -> ContainerTranslation.filter(request.spec()));
    filter = Optional.of(compiled);
    return compiled;
  }

  @Override
  public synchronized void pause() {
    lastUsage = Optional.of(usage());
    freeze();
    stopIfIdle();
  }

  @Override
  public synchronized void unpause() {
    wake();
    lastUsage = Optional.empty();
    freeze();
  }

  @Override
  public synchronized void hold(boolean still) {
    if (paused() && works == 0) {
      wake();
    }
    works++;
    if (still) {
      stillWorks++;
      freeze();
    }
  }

  @Override
  public synchronized void release(boolean still) {
    works--;
    if (still) {
      stillWorks--;
      freeze();
    }
    stopIfIdle();
  }

  private boolean paused() {
    return lastUsage.isPresent();
  }

  private void freeze() {
    agent.freeze(container(), paused() || stillWorks > 0);
  }

  private void wake() {
    vm.resume();
    agent.setClock(Instant.now());
  }

  private void stopIfIdle() {
    if (paused() && works == 0 && household.isSingle()) {
      vm.pause();
    }
  }

  @Override
  public void update(Resources resources) {
    var limits = Limits.replacing(resources);
    Shape.requireRoom(vm.memory(), resources);
    agent.updateLimits(container(), limits);
  }

  @Override
  public ContainerStats stats() {
    return lastUsage.orElseGet(this::usage);
  }

  private ContainerStats usage() {
    return GuestNumbers.stats(agent.usage(container()), Instant.now(), Shape.ofHost(), vm.memory());
  }

  @Override
  public List<GuestTask> tasks() {
    return agent.tasks(container()).stream().map(GuestNumbers::task).toList();
  }

  private String container() {
    return request.id().value();
  }

  /** Returns also when the machine is abandoned meanwhile. */
  @Override
  public void shutDown() {
    switch (household.leave(container())) {
      case EMPTY -> {
        Thread.ofPlatform().daemon().start(this::shutMachineDown);
        over.join();
      }
      case INHABITED -> clearAway();
      case NOTHING -> {}
    }
  }

  /** Ends this container in a machine that goes on, which its files are taken away from. */
  private void clearAway() {
    try {
      agent.deleteContainer(container());
      vm.unshare(names(given()));
    } catch (CaissonException e) {
      if (!agent.isGone()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "container %s stays in machine %s: %s".formatted(container(), vm(), e.text()));
      }
    }
  }

  private void shutMachineDown() {
    machine.end().expect();
    try {
      agent.shutdown();
      if (!vm.awaitExit(GOODBYE)) {
        LOG.log(System.Logger.Level.WARNING, "machine " + vm() + " does not end; it is ended");
      }
    } catch (CaissonException e) {
      LOG.log(System.Logger.Level.WARNING, "machine " + vm() + " is not shut down: " + e.text());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      machine.destroy();
      over.complete(null);
    } catch (CaissonException e) {
      over.completeExceptionally(e);
    }
  }

  @Override
  public void discard() {
    switch (household.leave(container())) {
      case EMPTY -> machine.destroy();
      case INHABITED -> clearAway();
      case NOTHING -> {}
    }
  }

  /** Also while it is being shut down. */
  @Override
  public void abandon() {
    if (household.leave(container()) == Leaving.INHABITED) {
      clearAway();
    } else if (household.isEmpty()) {
      household.abandon();
      over.complete(null);
    }
  }

  @Override
  public void leave() {
    household.letGo();
  }
}
