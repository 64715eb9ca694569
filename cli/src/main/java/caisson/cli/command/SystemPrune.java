package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.output.Human;

/** {@code system prune}: removes what nothing needs. */
public final class SystemPrune implements Command {
  private static final Flag<Boolean> ALL =
      Flag.toggle("a", "all", "Remove all unused images not just dangling ones");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS]", "Remove unused data", Arity.NONE, ALL, PruneFlags.FILTER, PruneFlags.FORCE);
  }

  @Override
  public int run(Session session, Invocation call) {
    if (!call.get(PruneFlags.FORCE)) {
      Confirmation.require(session, warning(call.get(ALL)), "system prune");
    }
    var pruning = new Pruning(session, call.get(PruneFlags.FILTER));
    long bytes = pruning.containers() + pruning.images(call.get(ALL));
    session.console().print("Total reclaimed space: " + Human.size(bytes));
    return OK;
  }

  private static String warning(boolean all) {
    return """
    WARNING! This will remove:
      - all stopped containers
      - %s
    """
        .formatted(
            all
                ? "all images without at least one container associated to them"
                : "all dangling images");
  }
}
