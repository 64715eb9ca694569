package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.vmm.Vm;
import caisson.vmm.VmId;
import caisson.vmm.VmRemains;
import caisson.vmm.VmSpec;
import caisson.vmm.Vmm;
import caisson.vmm.VmmStatus;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Machines by QEMU's microvm. On a host whose /dev/kvm nobody has tried yet, the first {@link
 * #start} or {@link #status} boots a probe guest, for ten seconds at most; the verdict is kept in
 * the cache directory.
 */
public final class QemuVmm implements Vmm {
  private static final String UNKNOWN = "unknown";

  private final QemuConfig config;
  private final QemuMachines machines;
  private final QemuRemains remains;
  private final AcceleratorVerdict accelerator;

  public QemuVmm(QemuConfig config) {
    var directory = config.runDirectory().resolve("vms");
    this.config = config;
    this.machines = new QemuMachines(config, directory);
    this.remains = new QemuRemains(directory);
    this.accelerator = new AcceleratorVerdict(config, machines);
  }

  @Override
  public QemuVm start(VmSpec spec) {
    Requirements.check(config, spec.network());
    return machines.start(spec, accelerator.get().accelerator());
  }

  @Override
  public Optional<Vm> adopt(VmId id) {
    return machines.adopt(id).map(vm -> vm);
  }

  @Override
  public List<VmRemains> remains(Set<VmId> known) {
    return remains.list(withProbe(known));
  }

  @Override
  public void sweep(Set<VmId> known) {
    remains.sweep(withProbe(known));
  }

  private Set<VmId> withProbe(Set<VmId> known) {
    var all = new HashSet<>(known);
    accelerator.probedMachine().ifPresent(all::add);
    return all;
  }

  /** What machines run on; where something is missing, what and what to do is the reason. */
  @Override
  public VmmStatus status() {
    var verdict = verdict();
    return new VmmStatus(verdict.accelerator().word(), verdict.reason(), kernel(), qemuVersion());
  }

  private Verdict verdict() {
    try {
      return accelerator.get();
    } catch (CaissonException e) {
      return new Verdict(Accelerator.TCG, "KVM could not be tried: " + e.text());
    }
  }

  private String kernel() {
    var file = config.kernel().toString();
    try {
      return new GuestKernel(config.kernel()).release().orElse(file);
    } catch (IOException e) {
      return file;
    }
  }

  private String qemuVersion() {
    try {
      return new QemuProgram(config.qemu()).version();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
