package caisson.cli.flag;

import java.util.List;
import java.util.Map;

/** What a command was called with. */
public final class Invocation {
  private final Map<Flag<?>, Object> given;
  private final List<String> arguments;

  Invocation(Map<Flag<?>, Object> given, List<String> arguments) {
    this.given = given;
    this.arguments = List.copyOf(arguments);
  }

  /** The value of a flag: the one that was given, or the one that it begins with. */
  @SuppressWarnings("unchecked") // put there by the parser with the flag's own type
  public <T> T get(Flag<T> flag) {
    return (T) given.getOrDefault(flag, flag.initial());
  }

  /** The arguments that are no flags. */
  public List<String> arguments() {
    return arguments;
  }

  public String first() {
    return arguments.getFirst();
  }

  /** The arguments after the first. */
  public List<String> rest() {
    return arguments.subList(1, arguments.size());
  }
}
