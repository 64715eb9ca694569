package caisson.cli;

import caisson.cli.CommandTree.Group;
import caisson.cli.CommandTree.Leaf;
import caisson.cli.CommandTree.Node;
import caisson.cli.flag.Flag;
import caisson.cli.flag.HelpPage;
import java.util.List;

/** What {@code --help} shows of a group of commands. */
final class GroupHelp {
  private static final int NAME_WIDTH = 11;

  private GroupHelp() {}

  /**
   * The page of {@code group}.
   *
   * @param options flags that stand before the command
   */
  static String of(String path, Group group, List<Flag<?>> options) {
    var page = new StringBuilder("Usage:  " + line(path, options) + "\n\n");
    page.append(group.summary()).append('\n');
    append(
        page,
        "Management Commands",
        group.members().stream().filter(Group.class::isInstance).toList());
    append(page, "Commands", group.members().stream().filter(Leaf.class::isInstance).toList());
    if (!options.isEmpty()) {
      page.append("\nGlobal Options:\n");
      HelpPage.options(options).forEach(each -> page.append(each).append('\n'));
    }
    return page.append("\nRun '" + path + " COMMAND --help' for more information on a command.\n")
        .toString();
  }

  static String line(String path, List<Flag<?>> options) {
    return path + (options.isEmpty() ? "" : " [OPTIONS]") + " COMMAND";
  }

  private static void append(StringBuilder page, String title, List<Node> nodes) {
    if (!nodes.isEmpty()) {
      page.append('\n').append(title).append(":\n");
      for (var node : nodes) {
        page.append("  ").append(node.name());
        page.append(" ".repeat(Math.max(NAME_WIDTH - node.name().length(), 1)));
        page.append(node.summary()).append('\n');
      }
    }
  }
}
