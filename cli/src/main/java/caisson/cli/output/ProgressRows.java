package caisson.cli.output;

import caisson.cli.console.Output;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows at the bottom of a terminal, one for each thing that goes on; each is written again when it
 * changes (ECMA-48: CUU, CUD, EL).
 */
final class ProgressRows {
  private static final String CONTROL = "\033[";
  private static final String ERASE = CONTROL + "2K\r";

  private final Output output;

  /** The number of each row, from above. */
  private final Map<String, Integer> rows = new LinkedHashMap<>();

  ProgressRows(Output output) {
    this.output = output;
  }

  void show(String id, String text) {
    var known = rows.get(id);
    if (known == null) {
      rows.put(id, rows.size());
      write(text + "\r\n");
    } else {
      int distance = rows.size() - known;
      write(CONTROL + distance + "A" + ERASE + text + "\r" + CONTROL + distance + "B");
    }
  }

  /** What is written elsewhere comes below all rows, which then stay as they are. */
  void leave() {
    rows.clear();
  }

  private void write(String text) {
    output.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
