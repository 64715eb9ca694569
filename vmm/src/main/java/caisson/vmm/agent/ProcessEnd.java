package caisson.vmm.agent;

/** How a process ended. */
public sealed interface ProcessEnd {
  /**
   * The agent saw its end.
   *
   * @param signal 0 if it ended by itself
   * @param outOfMemory whether the kernel killed something in its container for want of memory
   */
  record Exited(int code, int signal, boolean outOfMemory) implements ProcessEnd {}

  /** The machine or its agent is gone. */
  record Lost(String reason) implements ProcessEnd {}
}
