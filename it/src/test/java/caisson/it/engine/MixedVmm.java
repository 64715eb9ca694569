package caisson.it.engine;

import caisson.vmm.Vm;
import caisson.vmm.VmId;
import caisson.vmm.VmRemains;
import caisson.vmm.VmSpec;
import caisson.vmm.VmTemplates;
import caisson.vmm.Vmm;
import caisson.vmm.VmmStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Real machines, with another guest in those that are started while {@code other} is set. */
record MixedVmm(Vmm usual, Vmm others, AtomicBoolean other) implements Vmm {
  @Override
  public Vm start(VmSpec spec) {
    return (other.get() ? others : usual).start(spec);
  }

  @Override
  public boolean clones(VmSpec spec) {
    return false;
  }

  @Override
  public Optional<Vm> adopt(VmId id) {
    return usual.adopt(id);
  }

  @Override
  public List<VmRemains> remains(Set<VmId> known) {
    return usual.remains(known);
  }

  @Override
  public Set<VmId> strangers(Set<VmId> known) {
    return usual.strangers(known);
  }

  @Override
  public void sweep(Set<VmId> known) {
    usual.sweep(known);
  }

  @Override
  public VmTemplates templates() {
    return usual.templates();
  }

  @Override
  public VmmStatus status() {
    return usual.status();
  }
}
