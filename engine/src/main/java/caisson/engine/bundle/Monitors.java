package caisson.engine.bundle;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.PidFd;
import caisson.linux.ProcessExits;
import caisson.linux.ProcessIdentity;
import java.io.IOException;
import java.util.Optional;

/** The processes on the host that containers end with. */
final class Monitors {
  private final ProcessExits exits;

  Monitors() {
    try {
      exits = ProcessExits.start();
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.NO_RESOURCES, "cannot watch processes: " + e, e);
    }
  }

  /**
   * Runs {@code action} when {@code monitor} has ended, at once if it has already.
   *
   * @return what to close to have it not run any more
   */
  Optional<ProcessExits.Watch> watch(ProcessIdentity monitor, Runnable action) {
    try {
      var process = PidFd.open(monitor);
      if (process.isPresent()) {
        return Optional.of(exits.watch(process.get(), action));
      }
      action.run();
      return Optional.empty();
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot watch process " + monitor.pid() + ": " + e, e);
    }
  }
}
