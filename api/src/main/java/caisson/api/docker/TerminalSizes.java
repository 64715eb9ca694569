package caisson.api.docker;

import caisson.api.http.BadRequest;
import caisson.api.http.Query;
import caisson.engine.TerminalSize;
import java.util.List;
import java.util.Optional;

/** The sizes of clients' terminals. */
public final class TerminalSizes {
  private static final int MAX = 0xffff;

  private TerminalSizes() {}

  /** The size in a query's {@code h} and {@code w}. */
  public static TerminalSize of(Query query) {
    int rows = query.number("h").orElse(0);
    int columns = query.number("w").orElse(0);
    if (!inRange(rows) || !inRange(columns)) {
      throw BadRequest.of("invalid terminal size: %d rows, %d columns".formatted(rows, columns));
    }
    return new TerminalSize(rows, columns);
  }

  /** Rows and columns of a document; two zeros are what clients send that have no terminal. */
  public static Optional<TerminalSize> of(List<Integer> rowsAndColumns) {
    if (rowsAndColumns.size() != 2) {
      return Optional.empty();
    }
    int rows = rowsAndColumns.get(0);
    int columns = rowsAndColumns.get(1);
    return inRange(rows) && inRange(columns) && rows > 0 && columns > 0
        ? Optional.of(new TerminalSize(rows, columns))
        : Optional.empty();
  }

  private static boolean inRange(int cells) {
    return cells >= 0 && cells <= MAX;
  }
}
