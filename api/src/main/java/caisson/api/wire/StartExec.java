package caisson.api.wire;

import caisson.base.Absent;
import java.util.List;
import java.util.Optional;

/**
 * The body of {@code POST /exec/ID/start}.
 *
 * @param consoleSize rows and columns
 */
public record StartExec(boolean detach, boolean tty, Optional<List<Integer>> consoleSize) {
  public StartExec {
    consoleSize = consoleSize.map(Absent::list);
  }
}
