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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code images}: a row for each name of an image. */
public final class Images implements Command {
  private static final Flag<Boolean> ALL =
      Flag.toggle("a", "all", "Show all images (default hides intermediate images)");
  private static final Flag<List<String>> FILTER =
      Flag.list(
          "f", "filter", "filter", "Filter output based on conditions provided", Values::filter);
  private static final Flag<String> FORMAT =
      Flag.text("", "format", "Format output using a template of {{.Field}}s");
  private static final Flag<Boolean> NO_TRUNC =
      Flag.toggle("", "no-trunc", "Don't truncate output");
  private static final Flag<Boolean> QUIET = Flag.toggle("q", "quiet", "Only show image IDs");

  private static final Map<String, String> HEADINGS =
      Map.of("ID", "IMAGE ID", "CreatedSince", "CREATED", "CreatedAt", "CREATED AT");

  private final Clock clock;

  public Images() {
    this(Clock.systemUTC());
  }

  Images(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] [REPOSITORY[:TAG]]",
        "List images",
        Arity.atMost(1),
        ALL,
        FILTER,
        FORMAT,
        NO_TRUNC,
        QUIET);
  }

  @Override
  public int run(Session session, Invocation call) {
    var filters = new ArrayList<>(call.get(FILTER));
    call.arguments().forEach(name -> filters.add("reference=" + name));
    var target = Target.of("images", "json").with("all", call.get(ALL));
    var rows =
        session.api().get(Filters.addTo(target, filters)).values().stream()
            .flatMap(it -> ImageRow.of(it, !call.get(NO_TRUNC), clock.instant()).stream())
            .toList();
    lines(call, rows).forEach(session.console()::print);
    return OK;
  }

  private static List<String> lines(Invocation call, List<ImageRow> rows) {
    if (call.get(QUIET)) {
      return rows.stream().map(ImageRow::id).toList();
    }
    if (!call.get(FORMAT).isEmpty()) {
      return new Listing(HEADINGS)
          .lines(call.get(FORMAT), rows.stream().map(ImageRow::fields).toList());
    }
    var table = new Table("REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE");
    rows.forEach(
        row -> table.add(row.repository(), row.tag(), row.id(), row.createdSince(), row.size()));
    return table.lines();
  }
}
