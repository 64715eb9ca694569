package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.flag.Values;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import caisson.cli.output.Table;
import caisson.cli.output.Template;
import java.util.List;
import java.util.stream.Collectors;

/** {@code volume ls}: a row for each volume. */
public final class VolumeLs implements Command {
  private static final Flag<List<String>> FILTER =
      Flag.list("f", "filter", "filter", "Provide filter values", Values::filter);
  private static final Flag<String> FORMAT =
      Flag.text("", "format", "Format output using a template of {{.Field}}s");
  private static final Flag<Boolean> QUIET = Flag.toggle("q", "quiet", "Only show volume names");

  @Override
  public Usage usage() {
    return Usage.of("[OPTIONS]", "List volumes", Arity.NONE, FILTER, FORMAT, QUIET);
  }

  @Override
  public int run(Session session, Invocation call) {
    var target = Filters.addTo(Target.of("volumes"), call.get(FILTER));
    var volumes = session.api().get(target).at("Volumes").values();
    lines(call, volumes).forEach(session.console()::print);
    return OK;
  }

  private static List<String> lines(Invocation call, List<Json> volumes) {
    if (call.get(QUIET)) {
      return volumes.stream().map(volume -> volume.at("Name").text()).toList();
    }
    if (!call.get(FORMAT).isEmpty()) {
      var template = new Template(call.get(FORMAT));
      return volumes.stream().map(volume -> template.fill(fields(volume))).toList();
    }
    var table = new Table("DRIVER", "VOLUME NAME");
    volumes.forEach(volume -> table.add(volume.at("Driver").text(), volume.at("Name").text()));
    return table.lines();
  }

  /** What a format can name. */
  private static Json fields(Json volume) {
    var labels =
        volume.at("Labels").members().entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue().text())
            .collect(Collectors.joining(","));
    return new JsonObject()
        .with("Name", volume.at("Name"))
        .with("Driver", volume.at("Driver"))
        .with("Scope", volume.at("Scope"))
        .with("Mountpoint", volume.at("Mountpoint"))
        .with("Labels", labels)
        .build();
  }
}
