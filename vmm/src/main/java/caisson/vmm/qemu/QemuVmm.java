package caisson.vmm.qemu;

import caisson.vmm.Vm;
import caisson.vmm.VmId;
import caisson.vmm.VmRemains;
import caisson.vmm.VmSpec;
import caisson.vmm.Vmm;
import caisson.vmm.VmmStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Machines by QEMU's microvm. */
public final class QemuVmm implements Vmm {
  private final QemuConfig config;
  private final QemuMachines machines;
  private final QemuRemains remains;

  public QemuVmm(QemuConfig config) {
    var directory = config.runDirectory().resolve("vms");
    this.config = config;
    this.machines = new QemuMachines(config, directory);
    this.remains = new QemuRemains(directory);
  }

  @Override
  public QemuVm start(VmSpec spec) {
    Requirements.check(config, spec.network());
    return machines.start(spec, Accelerator.TCG);
  }

  @Override
  public Optional<Vm> adopt(VmId id) {
    return machines.adopt(id).map(vm -> vm);
  }

  @Override
  public List<VmRemains> remains(Set<VmId> known) {
    return remains.list(known);
  }

  @Override
  public void sweep(Set<VmId> known) {
    remains.sweep(known);
  }

  @Override
  public VmmStatus status() {
    return new VmmStatus("tcg", "", config.kernel().toString(), "");
  }
}
