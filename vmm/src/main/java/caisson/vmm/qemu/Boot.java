package caisson.vmm.qemu;

import java.nio.file.Path;

/** How a machine's guest comes to life. */
sealed interface Boot {
  Boot COLD = new Cold();

  /** Its kernel boots, in memory of the machine's own. */
  record Cold() implements Boot {}

  /**
   * Its kernel boots, in memory that can be saved as a template's.
   *
   * @param memory the file that is the guest's memory
   */
  record Original(Path memory) implements Boot {}

  /**
   * It goes on where a template was saved, in a private copy-on-write mapping of its memory.
   *
   * @param memory the template's, sealed
   * @param state of the template's devices
   */
  record Clone(Path memory, Path state) implements Boot {}
}
