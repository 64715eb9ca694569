package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code system leaks}: a line for each thing that was left behind, its kind first. */
public final class Leaks implements Command {
  @Override
  public Usage usage() {
    return Usage.of("", "List what is on this host and belongs to no container", Arity.NONE);
  }

  @Override
  public int run(Session session, Invocation call) {
    session.api().get(Target.of("system", "leaks")).values().stream()
        .map(leak -> leak.at("Kind").text() + "\t" + leak.at("Name").text())
        .forEach(session.console()::print);
    return OK;
  }
}
