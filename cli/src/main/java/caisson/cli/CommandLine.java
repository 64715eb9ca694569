package caisson.cli;

import caisson.base.CaissonException;
import caisson.cli.CommandTree.Group;
import caisson.cli.CommandTree.Leaf;
import caisson.cli.command.Command;
import caisson.cli.command.Failure;
import caisson.cli.command.Session;
import caisson.cli.console.Console;
import caisson.cli.flag.ArgumentParser;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.HelpPage;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Parsed;
import caisson.cli.flag.Usage;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Finds the command that words call, and carries it out.
 *
 * <p>What every command goes through here asks with {@code instanceof} where a switch over patterns
 * would be clearer: such a switch is linked when it first runs, by generating a class, and that is
 * a tenth of what a short command takes.
 */
final class CommandLine {
  private static final int BROKEN_PIPE = 128 + 13;
  private static final String PROGRAM = CommandTree.ROOT.name();

  private static final Flag<String> HOST =
      Flag.text("H", "host", "Daemon socket to connect to (unix:///path)");
  private static final Flag<Boolean> VERSION =
      Flag.toggle("v", "version", "Print version information and quit");
  private static final List<Flag<?>> GLOBAL = List.of(HOST, VERSION);
  private static final Usage USAGE =
      Usage.wrapping("[OPTIONS] COMMAND", "", Arity.atLeast(0), GLOBAL);

  private final Console console;
  private final Function<String, Session> sessions;

  /**
   * A command line on {@code console}.
   *
   * @param sessions makes what a command works with, of the value of {@code --host}
   */
  CommandLine(Console console, Function<String, Session> sessions) {
    this.console = console;
    this.sessions = sessions;
  }

  /** Does what {@code words} say, and answers the exit code. */
  int run(List<String> words) {
    try {
      var parsed = ArgumentParser.parse(USAGE, words);
      if (parsed instanceof Parsed.Call(var global)) {
        return run(global);
      }
      return parsed instanceof Parsed.Wrong wrong
          ? refuse(Failure.of(wrong, PROGRAM, USAGE))
          : help(PROGRAM, CommandTree.ROOT);
    } catch (UncheckedIOException e) {
      return outputFailed(e);
    }
  }

  private int run(Invocation global) {
    if (global.get(VERSION)) {
      console.print("Caisson version " + ProgramVersion.read());
      return Command.OK;
    }
    var words = new ArrayList<>(global.arguments());
    if (!words.isEmpty() && words.getFirst().equals("help")) {
      words.removeFirst();
      words.add("--help");
    }
    return descend(global, CommandTree.ROOT, PROGRAM, words);
  }

  private int descend(Invocation global, Group group, String path, List<String> words) {
    if (words.isEmpty() && group.alone().isPresent()) {
      return call(global, group.alone().get(), path, words);
    }
    if (words.isEmpty() || words.getFirst().equals("--help") || words.getFirst().equals("-h")) {
      return help(path, group);
    }
    var found = group.member(words.getFirst());
    if (found.isEmpty()) {
      return refuse(Failure.unknownCommand(path, words.getFirst()));
    }
    var rest = words.subList(1, words.size());
    var below = path + " " + found.get().name();
    return found.get() instanceof Group inner
        ? descend(global, inner, below, rest)
        : call(global, (Leaf) found.get(), below, rest);
  }

  private int call(Invocation global, Leaf leaf, String path, List<String> words) {
    var command = leaf.action().command();
    var usage = command.usage();
    var parsed = ArgumentParser.parse(usage, words);
    if (parsed instanceof Parsed.Call(var invocation)) {
      return carryOut(command, global, invocation);
    }
    if (parsed instanceof Parsed.Wrong wrong) {
      return refuse(Failure.of(wrong, path, usage));
    }
    console.print(HelpPage.of(path, CommandTree.paths(leaf.action()), usage).stripTrailing());
    return Command.OK;
  }

  private int carryOut(Command command, Invocation global, Invocation invocation) {
    try {
      return command.run(sessions.apply(global.get(HOST)), invocation);
    } catch (CaissonException e) {
      return refuse(command.failure(e));
    }
  }

  private int refuse(Failure failure) {
    console.report(failure.text());
    return failure.code();
  }

  /** Whoever closed the pipe knows that nothing more will come. */
  private int outputFailed(UncheckedIOException e) {
    var reason = String.valueOf(e.getCause());
    return reason.contains("Broken pipe")
        ? BROKEN_PIPE
        : refuse(new Failure("cannot write the output: " + reason, Command.FAILED));
  }

  private int help(String path, Group group) {
    var options = path.equals(PROGRAM) ? GLOBAL : List.<Flag<?>>of();
    console.print(GroupHelp.of(path, group, options).stripTrailing());
    return Command.OK;
  }
}
