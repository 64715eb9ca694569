package caisson.libc.compiler;

import org.teavm.vm.spi.TeaVMHost;
import org.teavm.vm.spi.TeaVMPlugin;

/** Has every compilation that has this module on its path keep to what Java promises. */
public final class CompilerPlugin implements TeaVMPlugin {
  @Override
  public void install(TeaVMHost host) {
    host.add(new ArrayCloneTransformer());
    host.add(new SequencePointTransformer());
  }
}
