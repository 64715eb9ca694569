package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.output.Table;
import java.util.List;

/** {@code top}: the processes of a container. */
public final class Top implements Command {
  @Override
  public Usage usage() {
    return Usage.wrapping(
        "CONTAINER [ps OPTIONS]",
        "Display the running processes of a container",
        Arity.atLeast(1),
        List.of());
  }

  @Override
  public int run(Session session, Invocation call) {
    var top =
        session
            .api()
            .get(
                ContainerTarget.of(call.first(), "top")
                    .withText("ps_args", String.join(" ", call.rest())));
    var table = new Table(top.at("Titles").texts().toArray(String[]::new));
    for (var process : top.at("Processes").values()) {
      table.add(process.texts().toArray(String[]::new));
    }
    table.lines().forEach(session.console()::print);
    return OK;
  }
}
