package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code pause}: stops containers' processes and their machines' CPUs. */
public final class Pause implements Command {
  @Override
  public Usage usage() {
    return Usage.of(
        "CONTAINER [CONTAINER...]",
        "Pause all processes within one or more containers",
        Arity.atLeast(1));
  }

  @Override
  public int run(Session session, Invocation call) {
    return Each.printed(
        session, call.arguments(), name -> session.api().post(ContainerTarget.of(name, "pause")));
  }
}
