package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.output.Human;

/** {@code image prune}: removes images that no container has. */
public final class ImagePrune implements Command {
  private static final Flag<Boolean> ALL =
      Flag.toggle("a", "all", "Remove all unused images, not just dangling ones");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS]", "Remove unused images", Arity.NONE, ALL, PruneFlags.FILTER, PruneFlags.FORCE);
  }

  @Override
  public int run(Session session, Invocation call) {
    if (!call.get(PruneFlags.FORCE)) {
      Confirmation.require(
          session,
          call.get(ALL)
              ? "WARNING! This will remove all images without at least one container associated to them."
              : "WARNING! This will remove all dangling images.",
          "image prune");
    }
    long bytes = new Pruning(session, call.get(PruneFlags.FILTER)).images(call.get(ALL));
    session.console().print("Total reclaimed space: " + Human.size(bytes));
    return OK;
  }
}
