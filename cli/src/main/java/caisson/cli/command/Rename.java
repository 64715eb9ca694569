package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code rename}: gives a container another name. */
public final class Rename implements Command {
  @Override
  public Usage usage() {
    return Usage.of("CONTAINER NEW_NAME", "Rename a container", Arity.exactly(2));
  }

  @Override
  public int run(Session session, Invocation call) {
    session
        .api()
        .post(ContainerTarget.of(call.first(), "rename").withText("name", call.arguments().get(1)));
    return OK;
  }
}
