package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.json.Json;
import caisson.cli.output.Human;
import caisson.cli.output.Table;
import java.time.Duration;
import java.time.Instant;

/** {@code system templates}: a row for each template of machines. */
public final class Templates implements Command {
  @Override
  public Usage usage() {
    return Usage.of("", "List templates of machines", Arity.NONE);
  }

  @Override
  public int run(Session session, Invocation call) {
    var table = new Table("TEMPLATE", "MEMORY", "CPUS", "SIZE", "CREATED", "CLONES", "KEY");
    for (var template : session.api().get(Target.of("system", "templates")).values()) {
      table.add(
          template.at("Name").text(),
          Human.binarySize(template.at("Memory").number()),
          template.at("Cpus").text(),
          Human.size(template.at("Size").number()),
          age(template),
          template.at("Clones").text(),
          template.at("Key").text());
    }
    table.lines().forEach(session.console()::print);
    return OK;
  }

  private static String age(Json template) {
    long seconds = template.at("Created").number();
    return seconds == 0
        ? "being made"
        : Human.duration(Duration.between(Instant.ofEpochSecond(seconds), Instant.now())) + " ago";
  }
}
