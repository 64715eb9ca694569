package caisson.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns as wide as their widest cell, three spaces apart and at least ten wide. */
public final class Table {
  private static final int NARROWEST = 10;
  private static final int GAP = 3;

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    rows.add(List.of(headings));
  }

  /** Adds a row, which has as many cells as there are headings. */
  public void add(String... cells) {
    rows.add(List.of(cells));
  }

  /** The lines of the table. */
  public List<String> lines() {
    int last = rows.getFirst().size() - 1;
    int[] widths = new int[last];
    for (var row : rows) {
      for (int i = 0; i < last; i++) {
        widths[i] = Math.max(widths[i], Math.max(NARROWEST, length(row.get(i)) + GAP));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - length(row.get(i))));
    }
    return line.append(row.getLast()).toString();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
