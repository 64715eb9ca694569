package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.cli.flag.HelpPage;
import caisson.cli.flag.Parsed;
import caisson.cli.flag.Usage;

/**
 * A command's failure as the user gets it.
 *
 * @param text for standard error
 * @param code the exit code
 */
public record Failure(String text, int code) {
  private static final int OURS = 125;
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  /** The failure of a command that has no codes of its own. */
  static Failure plain(CaissonException e) {
    return new Failure(e.text(), Command.FAILED);
  }

  /** The failure of a command that stands for a container: 126 and 127 are the container's. */
  static Failure ofContainer(CaissonException e, String command) {
    return new Failure(
        "caisson: %s\n\nRun 'caisson %s --help' for more information".formatted(e.text(), command),
        code(e.text(), OURS));
  }

  /** The exit code of a process that did not start, told by the daemon's words as Docker does. */
  static int code(String text, int otherwise) {
    if (text.contains("executable file not found") || text.contains("no such file or directory")) {
      return NOT_FOUND;
    }
    return text.contains("permission denied") || text.contains("is a directory")
        ? NOT_EXECUTABLE
        : otherwise;
  }

  /**
   * The failure of words that make no sense.
   *
   * @param path the words that call the command
   */
  public static Failure of(Parsed.Wrong wrong, String path, Usage usage) {
    var hint =
        "\n\nUsage:  %s\n\nRun '%s --help' for more information"
            .formatted(HelpPage.line(path, usage), path);
    return switch (wrong.fault()) {
      case FLAG -> new Failure(wrong.reason() + hint, OURS);
      case ARITY -> new Failure("caisson: '" + path + "' " + wrong.reason() + hint, Command.FAILED);
    };
  }

  /** The failure of a word that is no command of the group at {@code path}. */
  public static Failure unknownCommand(String path, String word) {
    return new Failure(
        "caisson: unknown command: %s %s\n\nRun '%s --help' for more information"
            .formatted(path, word, path),
        Command.FAILED);
  }
}
