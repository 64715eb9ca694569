package caisson.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line, against one daemon. */
record Cli(Path socket) {
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
    var words = new ArrayList<String>();
    words.add(Installation.file("bin/caisson").toString());
    words.addAll(List.of(arguments));
    var environment = Map.of("CAISSON_HOST", "unix://" + socket);
    return new Command(List.copyOf(words), environment, "");
  }
}
