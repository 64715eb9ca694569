package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.vmm.Vm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** What is done when nobody can speak with a machine any more: it is cleared away. */
final class MachineEnd implements Consumer<CaissonException> {
  /** The end of the console of a machine that died, in its container's directory. */
  private static final String CONSOLE = "console.log";

  private final Vm vm;
  private final Consumer<Vm> whenDead;
  private volatile Optional<Path> directory;
  private volatile boolean expected;

  private MachineEnd(Vm vm, Optional<Path> directory, Consumer<Vm> whenDead) {
    this.vm = vm;
    this.directory = directory;
    this.whenDead = whenDead;
  }

  /** Of a machine whose container has that directory. */
  static MachineEnd of(Vm vm, Path directory) {
    return new MachineEnd(vm, Optional.of(directory), dead -> {});
  }

  /** Of a machine that has no container yet. */
  static MachineEnd ofPooled(Vm vm, Consumer<Vm> whenDead) {
    return new MachineEnd(vm, Optional.empty(), whenDead);
  }

  /** It has a container now, which has that directory. */
  void belongTo(Path container) {
    directory = Optional.of(container);
  }

  /** The machine is being ended on purpose. */
  void expect() {
    expected = true;
  }

  @Override
  public void accept(CaissonException failure) {
    if (!expected) {
      System.getLogger("caisson.engine").log(System.Logger.Level.WARNING, failure.text());
      directory.ifPresent(this::keepConsole);
    }
    whenDead.accept(vm);
    vm.destroy();
  }

  private void keepConsole(Path container) {
    try {
      Files.writeString(container.resolve(CONSOLE), vm.consoleTail());
    } catch (IOException e) {
      // The container's directory may be gone by now; the reason has been told anyway.
    }
  }
}
