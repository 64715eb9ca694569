package caisson.vmm.qemu;

import caisson.base.ByteSize;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import java.util.List;

/**
 * Which machines can be clones of one template: those of one shape, made of the same parts.
 *
 * @param origin all that goes into a template besides its shape, as {@link TemplateOrigin} tells it
 */
record TemplateKey(String origin, ByteSize memory, int cpus, Accelerator accelerator) {
  static TemplateKey of(VmSpec spec, Accelerator accelerator, String origin) {
    return new TemplateKey(origin, spec.memory(), spec.cpus(), accelerator);
  }

  /** The machine {@code id} that becomes the template. */
  VmSpec original(VmId id) {
    return new VmSpec(id, memory, cpus, VmNetwork.NONE, List.of(), List.of());
  }

  /** The name of the template's directory, among those of the same origin. */
  String name() {
    return memory.mib() + "m-" + cpus + "c";
  }
}
