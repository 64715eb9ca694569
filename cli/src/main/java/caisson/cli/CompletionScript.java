package caisson.cli;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.CommandTree.Group;
import caisson.cli.CommandTree.Leaf;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Scripts that complete command lines, made of the command tree. A place in the tree is written as
 * a path, {@code /container/run}; what can follow there is words of the tree, flags, and the names
 * of containers or images, which are asked for.
 */
final class CompletionScript {
  private static final String CONTAINERS = "caisson ps -a --format '{{.Names}}' 2>/dev/null";
  private static final String IMAGES =
      "caisson images --format '{{.Repository}}:{{.Tag}}' 2>/dev/null";

  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Map<String, Usage> commands = new LinkedHashMap<>();

  private CompletionScript() {
    collect("", CommandTree.ROOT);
  }

  private void collect(String path, Group group) {
    groups.put(path, group);
    for (var member : group.members()) {
      for (var name : member.names()) {
        if (member instanceof Group inner) {
          collect(path + "/" + name, inner);
        } else if (member instanceof Leaf leaf) {
          commands.put(path + "/" + name, leaf.action().command().usage());
        }
      }
    }
  }

  /** The script for a shell. */
  static String of(String shell) {
    return switch (shell) {
      case "bash" -> new CompletionScript().bash();
      case "zsh" ->
          "#compdef caisson\nautoload -Uz bashcompinit && bashcompinit\n"
              + new CompletionScript().bash();
      case "fish" -> new CompletionScript().fish();
      default ->
          throw new CaissonException(
              ErrorCode.INVALID_ARGUMENT,
              "there is no completion for the shell \"" + shell + "\"; use bash, zsh or fish");
    };
  }

  private List<String> paths() {
    var paths = new ArrayList<>(groups.keySet());
    paths.addAll(commands.keySet());
    paths.remove("");
    return paths;
  }

  /** zsh runs the same function by its emulation of bash's completion. */
  private String bash() {
    var cases = new StringBuilder();
    groups.forEach((path, group) -> cases.append(bashCase(path, words(group), "")));
    commands.forEach((path, usage) -> cases.append(bashCase(path, flags(usage), names(usage))));
    return """
    _caisson() {
      local current=${COMP_WORDS[COMP_CWORD]} path= words= i
      for ((i = 1; i < COMP_CWORD; i++)); do
        case "$path/${COMP_WORDS[i]}" in
          %s) path=$path/${COMP_WORDS[i]} ;;
        esac
      done
      case "$path" in
    %s  esac
      COMPREPLY=($(compgen -W "$words" -- "$current"))
    }
    complete -o default -F _caisson caisson
    """
        .formatted(String.join("|", paths()), cases);
  }

  private static String bashCase(String path, String words, String names) {
    var asked = names.isEmpty() ? "" : " $(" + names + ")";
    return "    \"" + path + "\") words=\"" + words + asked + "\" ;;\n";
  }

  private static String words(Group group) {
    var names = new TreeSet<String>();
    group.members().forEach(member -> names.addAll(member.names()));
    return String.join(" ", names);
  }

  private static String flags(Usage usage) {
    return usage.flags().stream()
        .flatMap(flag -> flag.words().stream())
        .collect(Collectors.joining(" "));
  }

  /** What prints the names of what a command is about. */
  private static String names(Usage usage) {
    return usage.synopsis().contains("CONTAINER")
        ? CONTAINERS
        : usage.synopsis().contains("IMAGE") ? IMAGES : "";
  }

  private String fish() {
    var lines = new StringBuilder();
    groups.forEach((path, group) -> {
      for (var member : group.members()) {
        lines.append(fishLine(path, "-f -a " + member.name(), member.summary()));
      }
    });
    commands.forEach((path, usage) -> {
      usage.flags().forEach(flag -> lines.append(fishLine(path, fishFlag(flag), flag.summary())));
      if (!names(usage).isEmpty()) {
        lines.append(fishLine(path, "-a \"(" + names(usage) + ")\"", ""));
      }
    });
    return """
    set -g __caisson_paths %s
    function __caisson_at
      set -l path ''
      for word in (commandline -opc)[2..-1]
        if contains -- "$path/$word" $__caisson_paths
          set path "$path/$word"
        end
      end
      test "$path" = "$argv[1]"
    end
    %s\
    """
        .formatted(String.join(" ", paths()), lines);
  }

  private static String fishFlag(Flag<?> flag) {
    return flag.words().stream()
        .map(word -> word.startsWith("--") ? "-l " + word.substring(2) : "-s " + word.substring(1))
        .collect(Collectors.joining(" "));
  }

  private static String fishLine(String path, String what, String summary) {
    var description = summary.isEmpty() ? "" : " -d '" + summary.replace("'", "\\'") + "'";
    return "complete -c caisson -n \"__caisson_at '" + path + "'\" " + what + description + "\n";
  }
}
