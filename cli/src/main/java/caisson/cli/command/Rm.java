package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code rm}: removes containers, those that run only by force. */
public final class Rm implements Command {
  private static final Flag<Boolean> FORCE =
      Flag.toggle("f", "force", "Force the removal of a running container (uses SIGKILL)");
  private static final Flag<Boolean> VOLUMES =
      Flag.toggle("v", "volumes", "Remove anonymous volumes associated with the container");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Remove one or more containers",
        Arity.atLeast(1),
        FORCE,
        VOLUMES);
  }

  @Override
  public int run(Session session, Invocation call) {
    return Each.run(session, call.arguments(), name -> remove(session, call, name));
  }

  private static void remove(Session session, Invocation call, String name) {
    try {
      session
          .api()
          .delete(
              ContainerTarget.of(name).with("force", call.get(FORCE)).with("v", call.get(VOLUMES)));
      session.console().print(name);
    } catch (CaissonException e) {
      // Who forces the removal of what is not there has what he wants.
      if (!call.get(FORCE) || e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
    }
  }
}
