package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.flag.Values;
import caisson.cli.json.JsonObject;
import java.util.List;

/** {@code volume create}: makes a volume, a directory or a disk of its own. */
public final class VolumeCreate implements Command {
  private static final Flag<String> DRIVER =
      Flag.text("d", "driver", "Specify volume driver name", "local");
  private static final Flag<List<String>> LABEL =
      Flag.list("", "label", "list", "Set metadata for a volume", Values::label);
  private static final Flag<String> NAME =
      Flag.text("", "name", "Specify volume name (or give it as the argument)");
  private static final Flag<List<String>> OPT =
      Flag.list("o", "opt", "Set options (type=disk and size=SIZE for a disk of the volume's own)");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] [VOLUME]", "Create a volume", Arity.atMost(1), DRIVER, LABEL, NAME, OPT);
  }

  @Override
  public int run(Session session, Invocation call) {
    if (!call.arguments().isEmpty() && !call.get(NAME).isEmpty()) {
      throw Values.invalid("conflicting options: either specify --name or provide positional arg");
    }
    var name = call.arguments().isEmpty() ? call.get(NAME) : call.first();
    var body =
        new JsonObject()
            .with("Name", name)
            .with("Driver", call.get(DRIVER))
            .with("DriverOpts", KeyValues.map(call.get(OPT)))
            .with("Labels", KeyValues.map(call.get(LABEL)))
            .build();
    var volume = session.api().post(Target.of("volumes", "create"), body);
    session.console().print(volume.at("Name").text());
    return OK;
  }
}
