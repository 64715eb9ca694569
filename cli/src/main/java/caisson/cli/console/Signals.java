package caisson.cli.console;

/** The signals that this process receives. */
public interface Signals {
  /**
   * Has {@code action} done instead of what {@code name} (without SIG) does by itself, until the
   * answer is closed. Each occurrence has a thread of its own.
   */
  Handling handle(String name, Runnable action);

  /** Ends this process at once, from whatever thread. */
  void exit(int code);

  /** A signal that is being handled. */
  interface Handling extends AutoCloseable {
    @Override
    void close();
  }
}
