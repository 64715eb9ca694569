package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code kill}: sends a signal, SIGKILL unless told otherwise. */
public final class Kill implements Command {
  private static final Flag<String> SIGNAL =
      Flag.text("s", "signal", "Signal to send to the container");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Kill one or more running containers",
        Arity.atLeast(1),
        SIGNAL);
  }

  @Override
  public int run(Session session, Invocation call) {
    return Each.printed(
        session,
        call.arguments(),
        name ->
            session
                .api()
                .post(ContainerTarget.of(name, "kill").withText("signal", call.get(SIGNAL))));
  }
}
