package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code system templates rm}: removes templates; machines that are clones of them run on. */
public final class TemplateRm implements Command {
  @Override
  public Usage usage() {
    return Usage.of("TEMPLATE [TEMPLATE...]", "Remove one or more templates", Arity.atLeast(1));
  }

  @Override
  public int run(Session session, Invocation call) {
    return Each.printed(
        session,
        call.arguments(),
        name -> session.api().delete(Target.of("system", "templates", name)));
  }
}
