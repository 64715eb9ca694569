package caisson.api.runtime;

import caisson.engine.BundleStatus;
import caisson.engine.GuestTask;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Answers as tables for people, with runc's columns. */
final class RuntimeTables {
  private static final int GAP = 12;

  private RuntimeTables() {}

  static String containers(List<BundleStatus> all) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER"));
    for (var status : all) {
      rows.add(
          List.of(
              status.key().id(),
              Long.toString(status.pid()),
              status.phase().word(),
              status.bundle().toString(),
              DateTimeFormatter.ISO_INSTANT.format(status.created()),
              "root"));
    }
    return table(rows);
  }

  static String tasks(List<GuestTask> tasks) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("UID", "PID", "PPID", "S", "TTY", "CMD"));
    for (var task : tasks) {
      rows.add(
          List.of(
              Long.toString(task.uid()),
              Integer.toString(task.pid()),
              Integer.toString(task.parent()),
              task.state(),
              task.terminal(),
              task.command().isEmpty() ? "[" + task.name() + "]" : task.command()));
    }
    return table(rows);
  }

  /** Columns as wide as their widest cell and three spaces, and no narrower than runc's. */
  private static String table(List<List<String>> rows) {
    var text = new StringBuilder();
    for (var row : rows) {
      for (int column = 0; column < row.size(); column++) {
        boolean last = column == row.size() - 1;
        text.append(row.get(column));
        text.append(last ? "" : " ".repeat(width(rows, column) - row.get(column).length()));
      }
      text.append('\n');
    }
    return text.substring(0, text.length() - 1);
  }

  private static int width(List<List<String>> rows, int column) {
    int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    return Math.max(GAP, widest + 3);
  }
}
