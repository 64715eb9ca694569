package caisson.vmm.qemu;

import caisson.linux.MemoryFile;
import java.nio.file.Path;

/**
 * A machine that has booted and was saved while its agent waited. Clones go on from there, each in
 * a private mapping of its memory; whoever has mapped it keeps it, also when this is closed.
 *
 * @param memory sealed
 * @param state of its devices
 */
record Template(MemoryFile memory, Path state) implements AutoCloseable {
  Boot boot() {
    return new Boot.Clone(memory.path(), state);
  }

  @Override
  public void close() {
    memory.close();
  }
}
