package caisson.engine.local;

import caisson.engine.sandbox.GuestProcess;

/** The standard input of a process in a guest. */
record GuestStdin(GuestProcess process) implements StdinSink {
  @Override
  public void write(byte[] bytes, int offset, int length) throws InterruptedException {
    process.write(bytes, offset, length);
  }

  @Override
  public void close() {
    process.closeStdin();
  }
}
