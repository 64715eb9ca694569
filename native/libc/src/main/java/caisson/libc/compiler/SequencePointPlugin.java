package caisson.libc.compiler;

import org.teavm.vm.spi.TeaVMHost;
import org.teavm.vm.spi.TeaVMPlugin;

/** Adds {@link SequencePointTransformer} to every compilation that has this module on its path. */
public final class SequencePointPlugin implements TeaVMPlugin {
  @Override
  public void install(TeaVMHost host) {
    host.add(new SequencePointTransformer());
  }
}
