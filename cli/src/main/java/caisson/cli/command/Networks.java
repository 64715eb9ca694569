package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.flag.Values;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import caisson.cli.output.Human;
import caisson.cli.output.Table;
import caisson.cli.output.Template;
import java.util.List;

/** {@code network ls}: a row for each network. */
public final class Networks implements Command {
  private static final Flag<List<String>> FILTER =
      Flag.list("f", "filter", "filter", "Provide filter values", Values::filter);
  private static final Flag<String> FORMAT =
      Flag.text("", "format", "Format output using a template of {{.Field}}s");
  private static final Flag<Boolean> NO_TRUNC =
      Flag.toggle("", "no-trunc", "Do not truncate the output");
  private static final Flag<Boolean> QUIET = Flag.toggle("q", "quiet", "Only display network IDs");

  @Override
  public Usage usage() {
    return Usage.of("[OPTIONS]", "List networks", Arity.NONE, FILTER, FORMAT, NO_TRUNC, QUIET);
  }

  @Override
  public int run(Session session, Invocation call) {
    var target = Filters.addTo(Target.of("networks"), call.get(FILTER));
    var rows = session.api().get(target).values().stream().map(it -> fields(call, it)).toList();
    lines(call, rows).forEach(session.console()::print);
    return OK;
  }

  private static List<String> lines(Invocation call, List<Json> rows) {
    if (call.get(QUIET)) {
      return rows.stream().map(row -> row.at("ID").text()).toList();
    }
    if (!call.get(FORMAT).isEmpty()) {
      var template = new Template(call.get(FORMAT));
      return rows.stream().map(template::fill).toList();
    }
    var table = new Table("NETWORK ID", "NAME", "DRIVER", "SCOPE");
    for (var row : rows) {
      table.add(
          row.at("ID").text(),
          row.at("Name").text(),
          row.at("Driver").text(),
          row.at("Scope").text());
    }
    return table.lines();
  }

  private static Json fields(Invocation call, Json network) {
    var id = network.at("Id").text();
    return new JsonObject()
        .with("ID", call.get(NO_TRUNC) ? id : Human.shortId(id))
        .with("Name", network.at("Name").text())
        .with("Driver", network.at("Driver").text())
        .with("Scope", network.at("Scope").text())
        .build();
  }
}
