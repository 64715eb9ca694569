package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code volume rm}: removes volumes that no container uses. */
public final class VolumeRm implements Command {
  private static final Flag<Boolean> FORCE =
      Flag.toggle("f", "force", "Do not complain about volumes that are not there");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] VOLUME [VOLUME...]", "Remove one or more volumes", Arity.atLeast(1), FORCE);
  }

  @Override
  public int run(Session session, Invocation call) {
    return Each.printed(
        session,
        call.arguments(),
        name -> session.api().delete(Target.of("volumes", name).with("force", call.get(FORCE))));
  }
}
