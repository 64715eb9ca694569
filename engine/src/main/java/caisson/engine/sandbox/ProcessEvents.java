package caisson.engine.sandbox;

import caisson.engine.Output.Source;
import java.util.Optional;

/** What a guest's process does. */
public interface ProcessEvents {
  /**
   * It wrote. When this returns the bytes count as kept; until then only this stream of this
   * process waits.
   */
  void output(Source source, byte[] bytes) throws InterruptedException;

  /**
   * It is gone, and what has not come yet of its output is bounded: clients should hold it up no
   * longer. Returns at once.
   */
  void exited();

  /** It ended; comes once, after all its output. */
  void ended(End end);

  /**
   * How it ended.
   *
   * @param code its exit code, or 128 + n for signal n
   * @param error what went wrong where it did not end by itself, for example a dead VMM
   */
  record End(int code, boolean oomKilled, Optional<String> error) {
    private static final int KILLED = 128 + 9;

    /** The end of a process of which nobody knows anything any more. */
    public static End lost(String reason) {
      return new End(KILLED, false, Optional.of(reason));
    }
  }
}
