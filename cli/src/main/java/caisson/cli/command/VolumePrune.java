package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.flag.Values;
import caisson.cli.output.Human;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code volume prune}: removes the volumes that no container uses. */
public final class VolumePrune implements Command {
  private static final Flag<Boolean> ALL =
      Flag.toggle("a", "all", "Remove all unused volumes, not just anonymous ones");
  private static final Flag<List<String>> FILTER =
      Flag.list("", "filter", "filter", "Provide filter values", Values::filter);
  private static final Flag<Boolean> FORCE =
      Flag.toggle("f", "force", "Do not prompt for confirmation");

  @Override
  public Usage usage() {
    return Usage.of("[OPTIONS]", "Remove unused local volumes", Arity.NONE, ALL, FILTER, FORCE);
  }

  @Override
  public int run(Session session, Invocation call) {
    if (!call.get(FORCE) && !confirmed(session, call.get(ALL))) {
      return OK;
    }
    var filters = new ArrayList<>(call.get(FILTER));
    if (call.get(ALL)) {
      filters.add("all=true");
    }
    var answer = session.api().post(Filters.addTo(Target.of("volumes", "prune"), filters));
    var deleted = answer.at("VolumesDeleted").texts();
    var console = session.console();
    if (!deleted.isEmpty()) {
      console.print("Deleted Volumes:");
      deleted.forEach(console::print);
      console.print("");
    }
    console.print("Total reclaimed space: " + Human.size(answer.at("SpaceReclaimed").number()));
    return OK;
  }

  /** Asks; only a line that says yes is one. */
  private static boolean confirmed(Session session, boolean all) {
    var console = session.console();
    console.print(
        "WARNING! This will remove %s volumes not used by at least one container."
            .formatted(all ? "all" : "anonymous local"));
    console.print("Are you sure you want to continue? [y/N] ");
    try {
      int answer = console.in().read();
      return answer == 'y' || answer == 'Y';
    } catch (IOException e) {
      return false;
    }
  }
}
