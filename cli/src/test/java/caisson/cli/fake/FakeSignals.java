package caisson.cli.fake;

import caisson.cli.console.Signals;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Signals that a test sends. */
public final class FakeSignals implements Signals {
  private final Map<String, Runnable> actions = new ConcurrentHashMap<>();
  private volatile OptionalInt exitCode = OptionalInt.empty();

  @Override
  public Handling handle(String name, Runnable action) {
    actions.put(name, action);
    return () -> actions.remove(name);
  }

  @Override
  public void exit(int code) {
    exitCode = OptionalInt.of(code);
  }

  /** Sends one, and returns when all that it has done is done. */
  public void send(String name) {
    var action = actions.get(name);
    if (action == null) {
      throw new AssertionError("SIG" + name + " does what it does by itself");
    }
    action.run();
  }

  /** Whether any signal is handled. */
  public boolean handled() {
    return !actions.isEmpty();
  }

  /** The code with which the process would have ended at once. */
  public OptionalInt exitCode() {
    return exitCode;
  }
}
