package caisson.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line, against one daemon.
 *
 * @param program {@code caisson}, with what it is to be run by in front
 */
record Cli(List<String> program, Map<String, String> environment) {
  Cli {
    program = List.copyOf(program);
  }

  /** Against the daemon that listens at {@code socket}. */
  static Cli of(Path socket) {
    var program = Installation.file("bin/caisson").toString();
    return new Cli(List.of(program), Map.of("CAISSON_HOST", "unix://" + socket));
  }

  /** Runs {@code caisson} with these arguments. */
  Result run(String... arguments) {
    return command(arguments).run();
  }

  /** The same with text on its standard input. */
  Result runReading(String input, String... arguments) {
    return command(arguments).reading(input).run();
  }

  /** Runs it and answers what it printed; it must succeed. */
  String out(String... arguments) {
    return run(arguments).ok().out();
  }

  Command command(String... arguments) {
    var words = new ArrayList<>(program);
    words.addAll(List.of(arguments));
    return new Command(List.copyOf(words), environment, "");
  }
}
