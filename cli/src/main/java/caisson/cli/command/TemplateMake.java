package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code system templates make}: has the next container of that size find a template. */
public final class TemplateMake implements Command {
  private static final Flag<String> MEMORY =
      Flag.text("m", "memory", "Memory limit of the containers that it is for");

  @Override
  public Usage usage() {
    return Usage.of("[OPTIONS]", "Make a template unless it is there", Arity.NONE, MEMORY);
  }

  @Override
  public int run(Session session, Invocation call) {
    var target = Target.of("system", "templates").withText("memory", call.get(MEMORY));
    session.console().print(session.api().post(target).at("Name").text());
    return OK;
  }
}
