package caisson.cli.command;

import caisson.base.CaissonException;
import java.util.List;
import java.util.function.Consumer;

/** Does the same for several things, and goes on where it fails for one. */
final class Each {
  private Each() {}

  /** Does {@code action} for each name, and prints those for which it succeeded. */
  static int printed(Session session, List<String> names, Consumer<String> action) {
    return run(
        session,
        names,
        name -> {
          action.accept(name);
          session.console().print(name);
        });
  }

  /** Does {@code action} for each name; reports failures and answers the exit code. */
  static int run(Session session, List<String> names, Consumer<String> action) {
    int code = Command.OK;
    for (var name : names) {
      try {
        action.accept(name);
      } catch (CaissonException e) {
        session.console().report(e.text());
        code = Command.FAILED;
      }
    }
    return code;
  }
}
