package caisson.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that no later one is mistaken for: its number, and the time when it started.
 *
 * @param startTicks in clock ticks since the host was booted (proc(5), /proc/pid/stat, field 22)
 */
public record ProcessIdentity(long pid, long startTicks) {
  /** Where the fields are once the command's name, which may hold anything, is cut off. */
  private static final int STATE = 0;

  private static final int START_TIME = 19;

  /** The process that has the number {@code pid} now; empty if there is none or it has ended. */
  public static Optional<ProcessIdentity> of(long pid) {
    return fields(pid)
        .filter(fields -> !fields[STATE].equals("Z") && !fields[STATE].equals("X"))
        .map(fields -> new ProcessIdentity(pid, Long.parseLong(fields[START_TIME])));
  }

  private static Optional<String[]> fields(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return of(pid).equals(Optional.of(this));
  }

  /**
   * Whether the number is still its own. Its first thread may have ended already while others still
   * hold what it had open.
   */
  boolean isThere() {
    return fields(pid)
        .filter(fields -> Long.parseLong(fields[START_TIME]) == startTicks)
        .isPresent();
  }
}
