package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code unpause}: lets paused containers go on. */
public final class Unpause implements Command {
  @Override
  public Usage usage() {
    return Usage.of(
        "CONTAINER [CONTAINER...]",
        "Unpause all processes within one or more containers",
        Arity.atLeast(1));
  }

  @Override
  public int run(Session session, Invocation call) {
    return Each.printed(
        session, call.arguments(), name -> session.api().post(ContainerTarget.of(name, "unpause")));
  }
}
