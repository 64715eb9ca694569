package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.output.Human;

/** {@code container prune}: removes the containers that do not run. */
public final class ContainerPrune implements Command {
  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS]",
        "Remove all stopped containers",
        Arity.NONE,
        PruneFlags.FILTER,
        PruneFlags.FORCE);
  }

  @Override
  public int run(Session session, Invocation call) {
    if (!call.get(PruneFlags.FORCE)) {
      Confirmation.require(
          session, "WARNING! This will remove all stopped containers.", "container prune");
    }
    long bytes = new Pruning(session, call.get(PruneFlags.FILTER)).containers();
    session.console().print("Total reclaimed space: " + Human.size(bytes));
    return OK;
  }
}
