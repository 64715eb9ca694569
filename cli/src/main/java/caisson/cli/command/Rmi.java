package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.json.Json;

/** {@code rmi}: takes names away from images, and images that have none. */
public final class Rmi implements Command {
  private static final Flag<Boolean> FORCE =
      Flag.toggle("f", "force", "Force removal of the image");
  private static final Flag<Boolean> NO_PRUNE =
      Flag.toggle("", "no-prune", "Do not delete untagged parents");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] IMAGE [IMAGE...]",
        "Remove one or more images",
        Arity.atLeast(1),
        FORCE,
        NO_PRUNE);
  }

  @Override
  public int run(Session session, Invocation call) {
    return Each.run(session, call.arguments(), name -> remove(session, call, name));
  }

  private static void remove(Session session, Invocation call, String name) {
    var target =
        Target.of("images", name)
            .with("force", call.get(FORCE))
            .with("noprune", call.get(NO_PRUNE));
    try {
      session.api().delete(target).values().forEach(it -> show(session, it));
    } catch (CaissonException e) {
      if (!call.get(FORCE) || e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
      session.console().report(e.text());
    }
  }

  private static void show(Session session, Json removal) {
    var deleted = removal.at("Deleted").text();
    session
        .console()
        .print(
            deleted.isEmpty()
                ? "Untagged: " + removal.at("Untagged").text()
                : "Deleted: " + deleted);
  }
}
