import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws an SVG of figures from standard input, whose columns are separated by tabs.
 *
 * <p>{@code Chart.java bars FILE TITLE}: lines of a name, a median, the smallest and the largest
 * value. {@code Chart.java lines FILE TITLE}: a first line of names, then lines of numbers, the
 * first of which is where the others stand; each other column is a small chart of its own.
 */
final class Chart {
  private static final int WIDTH = 860;
  private static final int ROW = 30;
  private static final int LABELS = 440;
  private static final int PANEL = 170;
  private static final int EDGE = 20;
  private static final String[] COLORS = {"#2563eb", "#d97706", "#059669", "#7c3aed", "#dc2626"};

  private final StringBuilder svg = new StringBuilder();

  public static void main(String[] arguments) throws IOException {
    var text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    var rows = text.lines().map(line -> List.of(line.split("\t"))).toList();
    var chart = new Chart();
    switch (arguments[0]) {
      case "bars" -> chart.bars(arguments[2], rows);
      case "lines" -> chart.panels(arguments[2], rows);
      default -> throw new IllegalArgumentException("bars or lines, not " + arguments[0]);
    }
    Files.writeString(Path.of(arguments[1]), chart.svg);
  }

  private void add(String form, Object... values) {
    svg.append(String.format(Locale.ROOT, form, values));
  }

  private void begin(String title, int height) {
    add(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"\
         font-family="sans-serif" font-size="13">
        <rect width="100%%" height="100%%" fill="white"/>
        """,
        WIDTH,
        height);
    text(EDGE, 26, "start", "#111", title);
  }

  private void text(double x, double y, String anchor, String color, String text) {
    var escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    var form = "<text x='%.1f' y='%.1f' text-anchor='%s' fill='%s'>%s</text>\n";
    add(form, x, y, anchor, color, escaped);
  }

  private void line(double x1, double y1, double x2, double y2, String color) {
    add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>\n", x1, y1, x2, y2, color);
  }

  /** A bar for each median, with a whisker from the smallest to the largest value. */
  private void bars(String title, List<List<String>> rows) {
    begin(title, 50 + ROW * rows.size());
    double most = rows.stream().mapToDouble(row -> number(row, 3)).max().orElse(1);
    double unit = (WIDTH - LABELS - 4.0 * EDGE) / most;
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      double y = 50 + ROW * i;
      text(LABELS - 8, y + 12, "end", "#111", row.getFirst());
      var color = row.getFirst().contains("caisson") ? COLORS[0] : "#94a3b8";
      var form = "<rect x='%d' y='%.1f' width='%.1f' height='16' fill='%s'/>\n";
      add(form, LABELS, y, unit * number(row, 1), color);
      line(LABELS + unit * number(row, 2), y + 8, LABELS + unit * number(row, 3), y + 8, "#111");
      text(LABELS + unit * number(row, 3) + 6, y + 12, "start", "#111", row.get(1));
    }
    svg.append("</svg>\n");
  }

  private static double number(List<String> row, int column) {
    return Double.parseDouble(row.get(column));
  }

  /** A small chart for each column, over the first one. */
  private void panels(String title, List<List<String>> rows) {
    var names = rows.getFirst();
    var values = rows.subList(1, rows.size());
    begin(title, 50 + PANEL * (names.size() - 1));
    for (int column = 1; column < names.size(); column++) {
      panel(names, values, column, 50 + PANEL * (column - 1));
    }
    svg.append("</svg>\n");
  }

  private void panel(List<String> names, List<List<String>> values, int column, int top) {
    double last = number(values.getLast(), 0);
    int shown = column;
    double most = values.stream().mapToDouble(row -> number(row, shown)).max().orElse(1);
    double bottom = top + PANEL - 50;
    double left = 70;
    double width = WIDTH - left - EDGE;
    line(left, bottom, WIDTH - EDGE, bottom, "#94a3b8");
    line(left, top + 14, left, bottom, "#94a3b8");
    var color = COLORS[(column - 1) % COLORS.length];
    text(left, top + 8, "start", color, names.get(column));
    text(left - 6, top + 22, "end", "#475569", String.format(Locale.ROOT, "%.3g", most));
    text(left - 6, bottom, "end", "#475569", "0");
    text(WIDTH - EDGE, bottom + 16, "end", "#475569", names.getFirst() + ": " + (int) last);
    var points = new ArrayList<String>();
    for (var row : values) {
      double x = left + width * number(row, 0) / last;
      double y = bottom - (bottom - top - 18) * number(row, column) / (most > 0 ? most : 1);
      points.add(String.format(Locale.ROOT, "%.1f,%.1f", x, y));
    }
    var form = "<polyline fill='none' stroke-width='2' stroke='%s' points='%s'/>\n";
    add(form, color, String.join(" ", points));
  }
}
