package caisson.cli.flag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What {@code --help} shows of a command, laid out as Docker's users know it. */
public final class HelpPage {
  private static final int WIDTH = 80;
  private static final int NARROWEST = 24;
  private static final int GAP = 3;

  private HelpPage() {}

  /**
   * The page of a command.
   *
   * @param path the words that call it
   * @param aliases every path that calls it
   */
  public static String of(String path, List<String> aliases, Usage usage) {
    var page = new StringBuilder("Usage:  " + line(path, usage) + "\n\n" + usage.summary() + "\n");
    if (aliases.size() > 1) {
      page.append("\nAliases:\n  ").append(String.join(", ", aliases)).append('\n');
    }
    if (!usage.flags().isEmpty()) {
      page.append("\nOptions:\n");
      options(usage.flags()).forEach(each -> page.append(each).append('\n'));
    }
    return page.toString();
  }

  /** A command's usage on one line. */
  public static String line(String path, Usage usage) {
    return usage.synopsis().isEmpty() ? path : path + " " + usage.synopsis();
  }

  /** A line for each flag. */
  public static List<String> options(List<Flag<?>> flags) {
    var sorted = new ArrayList<>(flags);
    sorted.sort(Comparator.comparing(Flag::name));
    int column = sorted.stream().mapToInt(each -> each.synopsis().length()).max().orElse(0) + GAP;
    return sorted.stream().map(each -> option(each, column)).toList();
  }

  private static String option(Flag<?> flag, int column) {
    var text =
        flag.help() + flag.shownInitial().map(value -> " (default " + value + ")").orElse("");
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    int width = Math.max(WIDTH - column, NARROWEST);
    for (var word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return flag.synopsis()
        + " ".repeat(column - flag.synopsis().length())
        + String.join("\n" + " ".repeat(column), lines);
  }
}
