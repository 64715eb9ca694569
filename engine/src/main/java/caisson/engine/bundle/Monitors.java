package caisson.engine.bundle;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.PidFd;
import caisson.linux.ProcessExits;
import caisson.linux.ProcessIdentity;
import java.io.IOException;

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

  /** Runs {@code action} when {@code monitor} has ended, at once if it has already. */
  void watch(ProcessIdentity monitor, Runnable action) {
    try {
      var process = PidFd.open(monitor);
      if (process.isPresent()) {
        exits.watch(process.get(), action);
      } else {
        action.run();
      }
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot watch process " + monitor.pid() + ": " + e, e);
    }
  }
}
