package caisson.engine.local;

/** Where a process's standard input goes. */
interface StdinSink {
  /** Hands over bytes, waiting while the process does not take them. */
  void write(byte[] bytes, int offset, int length) throws InterruptedException;

  /** Ends the input. */
  void close();
}
