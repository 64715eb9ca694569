package caisson.engine.local;

import caisson.engine.Output.Source;

/** Where a process's output is kept. */
interface OutputKeeper {
  /** Nobody keeps it: it goes to whoever is attached. */
  OutputKeeper NOWHERE = (source, bytes) -> {};

  /** Returns when the bytes are kept. */
  void keep(Source source, byte[] bytes) throws InterruptedException;
}
