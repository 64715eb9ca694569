package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code restart}: stops containers that run, and starts them. */
public final class Restart implements Command {
  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Restart one or more containers",
        Arity.atLeast(1),
        StopFlags.SIGNAL,
        StopFlags.TIMEOUT);
  }

  @Override
  public int run(Session session, Invocation call) {
    return Each.printed(
        session,
        call.arguments(),
        name -> session.api().post(StopFlags.addTo(ContainerTarget.of(name, "restart"), call)));
  }
}
