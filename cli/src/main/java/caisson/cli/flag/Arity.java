package caisson.cli.flag;

import java.util.Optional;

/** How many arguments a command takes. */
public record Arity(int least, int most) {
  public static final Arity NONE = new Arity(0, 0);

  public static Arity exactly(int count) {
    return new Arity(count, count);
  }

  public static Arity atLeast(int count) {
    return new Arity(count, Integer.MAX_VALUE);
  }

  public static Arity atMost(int count) {
    return new Arity(0, count);
  }

  public static Arity between(int least, int most) {
    return new Arity(least, most);
  }

  /** What is wrong with so many arguments, in Docker's words. */
  Optional<String> complaint(int count) {
    if (count >= least && count <= most) {
      return Optional.empty();
    }
    if (most == 0) {
      return Optional.of("accepts no arguments");
    }
    if (least == most) {
      return Optional.of("requires " + arguments(least));
    }
    return Optional.of(
        count < least
            ? "requires at least " + arguments(least)
            : "requires at most " + arguments(most));
  }

  private static String arguments(int count) {
    return count == 1 ? "1 argument" : count + " arguments";
  }
}
