package caisson.engine.vm;

import caisson.base.ByteSize;
import caisson.engine.Template;
import caisson.engine.Templates;
import caisson.vmm.VmTemplate;
import caisson.vmm.VmTemplates;
import java.util.List;
import java.util.Optional;

/** Templates of machines in the shapes that containers have. */
record VmSandboxTemplates(VmTemplates machines) implements Templates {
  @Override
  public List<Template> list() {
    return machines.list().stream().map(VmSandboxTemplates::template).toList();
  }

  @Override
  public String make(Optional<ByteSize> limit) {
    var shape = Shape.of(limit, Shape.ofHost());
    return machines.make(shape.memory(), shape.cpus());
  }

  @Override
  public void remove(String name) {
    machines.remove(name);
  }

  private static Template template(VmTemplate of) {
    return new Template(
        of.name(), of.key(), of.memory(), of.cpus(), of.size(), of.made(), of.clones());
  }
}
