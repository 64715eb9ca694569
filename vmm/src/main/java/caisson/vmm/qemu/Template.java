package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.MemoryFile;
import caisson.vmm.Vm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/**
 * A machine that has booted and was saved while its agent waited. Clones go on from there, each in
 * a private mapping of its memory; whoever has mapped it keeps it, also when this is closed.
 */
final class Template implements AutoCloseable {
  private final MemoryFile memory;
  private final Path state;
  private int starts;
  private int clones;
  private long lastUse = System.nanoTime();
  private boolean closed;

  /**
   * A template that is the caller's.
   *
   * @param memory sealed
   * @param state of its devices
   */
  Template(MemoryFile memory, Path state) {
    this.memory = memory;
    this.state = state;
  }

  MemoryFile memory() {
    return memory;
  }

  Boot boot() {
    return new Boot.Clone(memory.path(), state);
  }

  /**
   * Has {@code starter} start a clone. Its memory is named by a descriptor's number, which nobody
   * else may get before the clone has opened it.
   *
   * @throws CaissonException CONFLICT if this is closed
   */
  <T extends Vm> T start(Function<Boot, T> starter) {
    begin();
    try {
      var vm = starter.apply(boot());
      change(1);
      vm.onExit(_ -> change(-1));
      return vm;
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    if (closed) {
      throw new CaissonException(ErrorCode.CONFLICT, "the template has been removed");
    }
    starts++;
    lastUse = System.nanoTime();
  }

  private synchronized void end() {
    starts--;
    closeUnlessNeeded();
  }

  private synchronized void change(int difference) {
    clones += difference;
  }

  /** How many machines run that share its memory. */
  synchronized int clones() {
    return clones;
  }

  /** Whether it has no clone, and there was none started for so long. */
  synchronized boolean isIdle(Duration time) {
    return clones == 0 && starts == 0 && System.nanoTime() - lastUse > time.toNanos();
  }

  /** Gives its memory back, once nobody who begins to use it needs it for that. */
  @Override
  public synchronized void close() {
    closed = true;
    closeUnlessNeeded();
  }

  private void closeUnlessNeeded() {
    if (closed && starts == 0) {
      memory.close();
    }
  }
}
