package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.launch.spec.Confinement;
import caisson.launch.spec.Identity;
import caisson.launch.spec.InvalidSpecException;
import caisson.launch.spec.LaunchSpec;
import caisson.launch.spec.Network;
import caisson.launch.spec.Program;
import caisson.launch.spec.ResourceLimit;
import caisson.launch.spec.ResourceLimit.Resource;
import caisson.launch.spec.Sharing;
import caisson.linux.ProcessIdentity;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has caisson-launch start a machine's QEMU, confined. */
final class QemuLaunch {
  /** A machine's network cards, each on a tap of its own. */
  static final int TAPS = 2;

  /** The frames that fit a machine's network. */
  static final int MTU = 1500;

  /** Descriptors, sockets and disks of one QEMU are far fewer. */
  private static final int MAX_OPEN_FILES = 1024;

  /** Every file that the guest has open in a share is open in QEMU, until it reclaims it. */
  private static final int MAX_OPEN_SHARED_FILES = 4096;

  /** Threads of a QEMU: vCPUs, a pool of 64 for each disk in use, and some. */
  private static final int MAX_THREADS = 4096;

  /** When memory is short a machine goes before the daemon does. */
  private static final int OUT_OF_MEMORY_ADJUSTMENT = 200;

  private QemuLaunch() {}

  /** What runs; the companions end when QEMU does. */
  record Running(ProcessIdentity qemu, List<ProcessIdentity> companions) {}

  /**
   * What the launcher has to know to start {@code spec} in {@code directory}.
   *
   * @param boot where it takes its memory from
   * @param user of QEMU's own; empty if it runs as the caller
   * @throws CaissonException INVALID_ARGUMENT if something in it cannot be passed on
   */
  static LaunchSpec describe(
      QemuConfig config,
      VmSpec spec,
      VmDirectory directory,
      Accelerator accelerator,
      Boot boot,
      Optional<Integer> user) {
    try {
      var shares = new Shares(spec.shares(), user.isPresent());
      var command = QemuCommand.of(spec, directory, accelerator, boot, shares);
      return new LaunchSpec(
          directory.path().toString(),
          new Program(config.qemu().toString(), command.arguments(), List.of()),
          command.sockets(),
          command.files(),
          VmDirectory.LOG,
          QemuJail.of(config, accelerator, boot, shares),
          network(config, spec.network()),
          confinement(accelerator, boot, user, shares.sharing()));
    } catch (InvalidSpecException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "cannot start a machine: " + e.getMessage(), e);
    }
  }

  /**
   * Has the launcher start what is described.
   *
   * @throws CaissonException VM_FAILED with the launcher's words if it cannot
   */
  static Running start(Launcher launcher, LaunchSpec description) {
    var directory = new VmDirectory(Path.of(description.directory()));
    return parse(launcher.run(directory, description.encode(), "the machine did not start"));
  }

  private static Network network(QemuConfig config, VmNetwork network) {
    return switch (network) {
      case VmNetwork.None() -> new Network.Isolated(TAPS);
      case VmNetwork.User() ->
          new Network.User(TAPS, config.slirp().toString(), VmDirectory.PORTS, MTU);
      case VmNetwork.Bridge(var bridge, var tap, var address) ->
          new Network.Bridged(TAPS, bridge, tap, address.mtu());
      case VmNetwork.Namespace(var namespace, var tap) ->
          new Network.Given(TAPS, namespace.toString(), tap, MTU);
    };
  }

  /**
   * QEMU gives freed memory back by punching holes into the memory's file even where it has a
   * private mapping: where that seems to succeed and does nothing, it goes on to madvise(2), which
   * frees the clone's own pages.
   */
  private static Confinement confinement(
      Accelerator accelerator, Boot boot, Optional<Integer> user, Sharing sharing) {
    var limits = new ArrayList<ResourceLimit>();
    limits.add(new ResourceLimit(Resource.RLIMIT_FSIZE, BoundedFile.MAX_FILE));
    limits.add(
        new ResourceLimit(
            Resource.RLIMIT_NOFILE,
            sharing == Sharing.NONE ? MAX_OPEN_FILES : MAX_OPEN_SHARED_FILES));
    // Of an ordinary user all processes would count.
    user.ifPresent(_ -> limits.add(new ResourceLimit(Resource.RLIMIT_NPROC, MAX_THREADS)));
    var identity =
        user.<Identity>map(uid -> new Identity.Dedicated(uid, uid)).orElseGet(Identity.Caller::new);
    boolean kvm = accelerator == Accelerator.KVM;
    boolean clone = boot instanceof Boot.Clone;
    return new Confinement(
        identity, List.of(), limits, kvm, clone, OUT_OF_MEMORY_ADJUSTMENT, sharing);
  }

  private static Running parse(String output) {
    var processes = new ArrayList<ProcessIdentity>();
    for (var number : output.strip().split(" ", -1)) {
      ProcessIdentity.of(Long.parseLong(number)).ifPresent(processes::add);
    }
    if (processes.isEmpty()) {
      throw new CaissonException(ErrorCode.VM_FAILED, "QEMU ended as soon as it was started");
    }
    return new Running(processes.removeFirst(), processes);
  }
}
