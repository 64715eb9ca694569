package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code create}: a container that somebody else will start. */
public final class Create implements Command {
  @Override
  public Usage usage() {
    return Usage.wrapping(
        "[OPTIONS] IMAGE [COMMAND] [ARG...]",
        "Create a new container",
        Arity.atLeast(1),
        ContainerFlags.ALL);
  }

  @Override
  public int run(Session session, Invocation call) {
    var container = new NewContainer(session, call);
    try (var cidFile = CidFile.create(call.get(ContainerFlags.CIDFILE))) {
      var id = container.create(StreamChoice.of(call, false), _ -> {});
      cidFile.write(id);
      session.console().print(id);
      return OK;
    }
  }
}
