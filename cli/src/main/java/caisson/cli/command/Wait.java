package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.stream.ExitWait;

/** {@code wait}: prints the exit codes of containers when they have ended. */
public final class Wait implements Command {
  @Override
  public Usage usage() {
    return Usage.of(
        "CONTAINER [CONTAINER...]",
        "Block until one or more containers stop, then print their exit codes",
        Arity.atLeast(1));
  }

  @Override
  public int run(Session session, Invocation call) {
    return Each.run(
        session,
        call.arguments(),
        name -> {
          try (var exit = ExitWait.register(session.api(), name, "not-running")) {
            session.console().print(Integer.toString(exit.await()));
          }
        });
  }
}
