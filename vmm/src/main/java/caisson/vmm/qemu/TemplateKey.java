package caisson.vmm.qemu;

import caisson.base.ByteSize;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import caisson.vmm.VmTemplate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which machines can be clones of one template: those of one shape, made of the same parts.
 *
 * @param origin all that goes into a template besides its shape, as {@link TemplateOrigin} tells it
 */
record TemplateKey(String origin, ByteSize memory, int cpus, Accelerator accelerator) {
  private static final Pattern NAME = Pattern.compile("([1-9]\\d{0,9})m-([1-9]\\d{0,3})c");

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

  /** The key of {@code origin} whose {@link #name} that is, if it is one. */
  static Optional<TemplateKey> parse(String origin, String name, Accelerator accelerator) {
    var matcher = NAME.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new TemplateKey(
                origin,
                ByteSize.ofMib(Long.parseLong(matcher.group(1))),
                Integer.parseInt(matcher.group(2)),
                accelerator))
        : Optional.empty();
  }

  /** How it is listed while it is being made. */
  VmTemplate unfinished() {
    return new VmTemplate(name(), origin, memory, cpus, new ByteSize(0), Optional.empty(), 0);
  }
}
