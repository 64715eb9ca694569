package caisson.cli.fake;

import caisson.cli.command.Command;
import caisson.cli.flag.ArgumentParser;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Parsed;
import java.util.List;

/** Words that a command understands. */
public final class Words {
  private Words() {}

  /** What {@code words} say to {@code command}. */
  public static Invocation of(Command command, String... words) {
    if (ArgumentParser.parse(command.usage(), List.of(words))
        instanceof Parsed.Call(var invocation)) {
      return invocation;
    }
    throw new AssertionError("not understood: " + String.join(" ", words));
  }
}
