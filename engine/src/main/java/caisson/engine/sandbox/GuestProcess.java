package caisson.engine.sandbox;

import caisson.engine.Signal;
import caisson.engine.TerminalSize;

/** A process in a guest, as the engine steers it. */
public interface GuestProcess {
  /** Its number in the guest. */
  int pid();

  /** Hands bytes to its standard input, waiting while it does not take them. */
  void write(byte[] bytes, int offset, int length) throws InterruptedException;

  /** Ends its standard input. */
  void closeStdin();

  void signal(Signal signal);

  void resize(TerminalSize size);
}
