package caisson.cli.console;

import caisson.linux.Terminal;
import java.util.Optional;

/** The terminal that the command line's streams may be connected to. */
public interface Screen {
  /** Whether standard input comes from a terminal. */
  boolean readsKeys();

  /** Whether standard output goes to a terminal. */
  boolean shows();

  /** Whether standard error goes to a terminal. */
  boolean showsMessages();

  /** The size of the terminal that shows the output. */
  Optional<Terminal.Size> size();

  /** Hands every key to standard input as it is, until the answer is closed. */
  RawKeys rawKeys();

  /** A terminal whose keys come as they are. */
  interface RawKeys extends AutoCloseable {
    /** Restores the terminal; further calls do nothing more. */
    @Override
    void close();
  }
}
