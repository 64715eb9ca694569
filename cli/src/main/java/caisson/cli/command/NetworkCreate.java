package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.json.JsonObject;

/** {@code network create}: whether there can be such a network is the daemon's to say. */
public final class NetworkCreate implements Command {
  private static final Flag<String> DRIVER =
      Flag.text("d", "driver", "Driver to manage the Network", "bridge");

  @Override
  public Usage usage() {
    return Usage.of("[OPTIONS] NETWORK", "Create a network", Arity.exactly(1), DRIVER);
  }

  @Override
  public int run(Session session, Invocation call) {
    var body = new JsonObject().with("Name", call.first()).with("Driver", call.get(DRIVER)).build();
    var answer = session.api().post(Target.of("networks", "create"), body);
    session.console().print(answer.at("Id").text());
    return OK;
  }
}
