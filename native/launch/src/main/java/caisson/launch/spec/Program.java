package caisson.launch.spec;

import java.util.List;

/**
 * What is executed in the jail.
 *
 * @param path the program, as seen in the jail
 * @param arguments its arguments, the program's name first; {@code {fd:NAME}} in them becomes the
 *     number of the descriptor of that name
 * @param environment NAME=value
 */
public record Program(String path, List<String> arguments, List<String> environment) {
  public Program {
    Check.path("the program", path);
    arguments = Check.list("the arguments", arguments);
    environment = Check.list("the environment", environment);
    Check.that(!arguments.isEmpty(), "the arguments lack the program's name");
    for (String argument : arguments) {
      Check.text("an argument", argument);
    }
    for (String variable : environment) {
      Check.text("an environment variable", variable);
      Check.that(variable.indexOf('=') > 0, "an environment variable has no name: " + variable);
    }
  }

  void write(SpecWriter to) {
    to.string(path);
    to.strings(arguments);
    to.strings(environment);
  }

  static Program read(SpecReader from) {
    return new Program(from.string(), from.strings(), from.strings());
  }
}
