package caisson.testkit;

import caisson.guest.protocol.ProcessSetup;

/** What every process in a fake guest does; it ends with its exit, or when this returns. */
@FunctionalInterface
public interface FakeProgram {
  void run(FakeProcess process, ProcessSetup setup) throws InterruptedException;
}
