package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code stop}: asks containers to end, and kills those that do not. */
public final class Stop implements Command {
  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Stop one or more running containers",
        Arity.atLeast(1),
        StopFlags.SIGNAL,
        StopFlags.TIMEOUT);
  }

  @Override
  public int run(Session session, Invocation call) {
    return Each.printed(
        session,
        call.arguments(),
        name -> session.api().post(StopFlags.addTo(ContainerTarget.of(name, "stop"), call)));
  }
}
