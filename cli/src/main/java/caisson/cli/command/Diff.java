package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.json.Json;

/** {@code diff}: what a container has changed in its image. */
public final class Diff implements Command {
  private static final String KINDS = "CAD";

  @Override
  public Usage usage() {
    return Usage.of(
        "CONTAINER",
        "Inspect changes to files or directories on a container's filesystem",
        Arity.exactly(1));
  }

  @Override
  public int run(Session session, Invocation call) {
    var changes = session.api().get(ContainerTarget.of(call.first(), "changes"));
    for (var change : changes.values()) {
      session.console().print(kind(change) + " " + change.at("Path").text());
    }
    return OK;
  }

  private static char kind(Json change) {
    long kind = change.at("Kind").number();
    return kind >= 0 && kind < KINDS.length() ? KINDS.charAt((int) kind) : '?';
  }
}
