package caisson.vmm.qemu;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import caisson.vmm.VmTemplate;
import caisson.vmm.VmTemplates;
import java.util.List;

/** The templates of this host's accelerator. */
record QemuTemplates(QemuConfig config, AcceleratorVerdict verdict, Templates templates)
    implements VmTemplates {
  @Override
  public List<VmTemplate> list() {
    return templates.list(accelerator());
  }

  @Override
  public String make(ByteSize memory, int cpus) {
    if (!config.clones()) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED,
          "the daemon makes no templates, because its configuration says \"clones = off\"");
    }
    Requirements.check(config, VmNetwork.NONE);
    var spec = new VmSpec(VmId.random(), memory, cpus, VmNetwork.NONE, List.of(), List.of());
    var key = templates.key(spec, accelerator());
    templates.require(key);
    return key.name();
  }

  @Override
  public void remove(String name) {
    templates.remove(name, accelerator());
  }

  private Accelerator accelerator() {
    return verdict.get().accelerator();
  }
}
