package caisson.cli.flag;

import java.util.List;

/**
 * How a command is used.
 *
 * @param synopsis what follows its name, {@code [OPTIONS] CONTAINER}
 * @param summary one sentence without its full stop
 * @param interspersed whether flags may follow arguments; where they may not, all that follows the
 *     first argument belongs to the container's command
 */
public record Usage(
    String synopsis, String summary, Arity arity, boolean interspersed, List<Flag<?>> flags) {
  public static Usage of(String synopsis, String summary, Arity arity, Flag<?>... flags) {
    return new Usage(synopsis, summary, arity, true, List.of(flags));
  }

  /** The usage of a command that ends with somebody else's command line. */
  public static Usage wrapping(String synopsis, String summary, Arity arity, List<Flag<?>> flags) {
    return new Usage(synopsis, summary, arity, false, List.copyOf(flags));
  }
}
