package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.vmm.Vm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What is done when nobody can speak with a machine any more: it is cleared away. */
final class MachineEnd implements Consumer<CaissonException> {
  /** The end of the console of a machine that died, in its container's directory. */
  private static final String CONSOLE = "console.log";

  private final Vm vm;
  private final Path directory;
  private volatile boolean expected;

  MachineEnd(Vm vm, Path directory) {
    this.vm = vm;
    this.directory = directory;
  }

  /** The machine is being ended on purpose. */
  void expect() {
    expected = true;
  }

  @Override
  public void accept(CaissonException failure) {
    if (!expected) {
      System.getLogger("caisson.engine").log(System.Logger.Level.WARNING, failure.text());
      keepConsole();
    }
    vm.destroy();
  }

  private void keepConsole() {
    try {
      Files.writeString(directory.resolve(CONSOLE), vm.consoleTail());
    } catch (IOException e) {
      // The container's directory may be gone by now; the reason has been told anyway.
    }
  }
}
