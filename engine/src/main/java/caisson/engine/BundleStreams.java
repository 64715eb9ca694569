package caisson.engine;

import caisson.engine.Output.Source;

/** What the process on the host that carries a process's streams has to say. */
public interface BundleStreams {
  /** So many bytes of the stream have gone where they go. */
  void written(Source source, long position);

  /** Hands bytes to the standard input, waiting while it does not take them. */
  void write(byte[] bytes) throws InterruptedException;

  /** Ends the standard input. */
  void closeStdin();

  void resize(TerminalSize size);

  void signal(Signal signal);

  /** The link is gone; another may come. */
  void disconnected();
}
