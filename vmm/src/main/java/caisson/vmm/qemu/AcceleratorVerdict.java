package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The accelerator of all machines: as configured, or found out once for each combination of host
 * kernel, QEMU build, CPU model and guest kernel. Whoever asks first waits for a probe that has to
 * be made, so that no machine ever runs on the wrong accelerator; a daemon asks as it starts.
 */
final class AcceleratorVerdict {
  private static final Path KVM = Path.of("/dev/kvm");

  private final QemuConfig config;
  private final AcceleratorProbe probe;
  private final VerdictCache cache;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Verdict> known = Optional.empty();
  private volatile Optional<VmId> probed = Optional.empty();

  AcceleratorVerdict(QemuConfig config, QemuMachines machines) {
    this.config = config;
    this.probe = new AcceleratorProbe(machines);
    this.cache = new VerdictCache(config.cacheDirectory());
  }

  /** The machine that is a probe at the moment. */
  Optional<VmId> probedMachine() {
    return probed;
  }

  /**
   * The verdict.
   *
   * @throws CaissonException UNSUPPORTED if a probe cannot be started because something is missing
   */
  Verdict get() {
    lock.lock();
    try {
      if (known.isEmpty()) {
        known = Optional.of(find());
      }
      return known.get();
    } finally {
      lock.unlock();
    }
  }

  private Verdict find() {
    return switch (config.accelerator()) {
      case KVM -> new Verdict(Accelerator.KVM, "chosen in the configuration");
      case TCG -> new Verdict(Accelerator.TCG, "chosen in the configuration");
      case AUTO -> findOut();
    };
  }

  private Verdict findOut() {
    if (!Files.exists(KVM)) {
      return new Verdict(
          Accelerator.TCG,
          "/dev/kvm is missing: no hardware virtualization, or its module is not loaded");
    }
    if (!Files.isReadable(KVM) || !Files.isWritable(KVM)) {
      return new Verdict(
          Accelerator.TCG, "/dev/kvm cannot be opened: its group has to have this user");
    }
    Requirements.check(config, VmNetwork.NONE);
    var host = new HostDescription(config).text();
    return cache.read(host).orElseGet(() -> probe(host));
  }

  private Verdict probe(String host) {
    var id = VmId.random();
    probed = Optional.of(id);
    try {
      var verdict = probe.run(id);
      cache.write(host, verdict);
      return verdict;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(
          ErrorCode.UNAVAILABLE, "the probe of the accelerator was interrupted", e);
    } finally {
      probed = Optional.empty();
    }
  }
}
