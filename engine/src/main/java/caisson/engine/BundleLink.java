package caisson.engine;

import caisson.engine.Output.Source;
import java.io.IOException;

/** The way to the process on the host that carries a process's streams. */
public interface BundleLink {
  /** Hands over output; {@code offset} is where in the stream it begins. */
  void output(Source source, long offset, byte[] bytes) throws IOException;

  /** Tells that the process has ended, after all its output. */
  void ended(int code) throws IOException;
}
