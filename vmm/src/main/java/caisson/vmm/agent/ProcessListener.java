package caisson.vmm.agent;

import caisson.guest.protocol.Stream;

/** Whom a guest's process is told about. Each stream has a thread of its own. */
public interface ProcessListener {
  /**
   * It wrote. When this returns the bytes are acknowledged, and no daemon will see them again;
   * until then only this stream of this process waits.
   */
  void output(Stream stream, byte[] bytes) throws InterruptedException;

  /**
   * It is gone or will never be heard of again, and what is left of its output is bounded: nobody
   * should hold it up any longer. Returns at once.
   */
  void exited();

  /** It ended, and all its output has been delivered; comes once. */
  void ended(ProcessEnd end);
}
