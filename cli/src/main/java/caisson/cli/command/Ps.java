package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.flag.Values;
import caisson.cli.output.Listing;
import caisson.cli.output.Table;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** {@code ps}: a row for each container. */
public final class Ps implements Command {
  private static final Flag<Boolean> ALL =
      Flag.toggle("a", "all", "Show all containers (default shows just running)");
  private static final Flag<List<String>> FILTER =
      Flag.list(
          "f", "filter", "filter", "Filter output based on conditions provided", Values::filter);
  private static final Flag<String> FORMAT =
      Flag.text("", "format", "Format output using a template of {{.Field}}s");
  private static final Flag<Long> LAST =
      Flag.number("n", "last", "Show n last created containers (includes all states)", -1);
  private static final Flag<Boolean> LATEST =
      Flag.toggle("l", "latest", "Show the latest created container (includes all states)");
  private static final Flag<Boolean> NO_TRUNC =
      Flag.toggle("", "no-trunc", "Don't truncate output");
  private static final Flag<Boolean> QUIET =
      Flag.toggle("q", "quiet", "Only display container IDs");

  private static final Map<String, String> HEADINGS =
      Map.of("ID", "CONTAINER ID", "RunningFor", "CREATED", "CreatedAt", "CREATED AT");

  private final Clock clock;

  public Ps() {
    this(Clock.systemUTC());
  }

  Ps(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS]",
        "List containers",
        Arity.NONE,
        ALL,
        FILTER,
        FORMAT,
        LAST,
        LATEST,
        NO_TRUNC,
        QUIET);
  }

  @Override
  public int run(Session session, Invocation call) {
    var rows =
        session.api().get(target(call)).values().stream()
            .map(it -> new ContainerRow(it, !call.get(NO_TRUNC), clock.instant()))
            .toList();
    lines(call, rows).forEach(session.console()::print);
    return OK;
  }

  private static Target target(Invocation call) {
    long last = call.get(LAST) < 0 && call.get(LATEST) ? 1 : call.get(LAST);
    var target = Target.of("containers", "json").with("all", call.get(ALL));
    return Filters.addTo(
        last > 0 ? target.with("limit", Long.toString(last)) : target, call.get(FILTER));
  }

  private static List<String> lines(Invocation call, List<ContainerRow> rows) {
    if (call.get(QUIET)) {
      return rows.stream().map(ContainerRow::id).toList();
    }
    if (!call.get(FORMAT).isEmpty()) {
      return new Listing(HEADINGS)
          .lines(call.get(FORMAT), rows.stream().map(ContainerRow::fields).toList());
    }
    var table =
        new Table("CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES");
    for (var row : rows) {
      table.add(
          row.id(),
          row.image(),
          row.command(),
          row.runningFor(),
          row.status(),
          row.ports(),
          row.names());
    }
    return table.lines();
  }
}
