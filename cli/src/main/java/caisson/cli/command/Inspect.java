package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.json.Json;
import caisson.cli.json.JsonText;
import caisson.cli.output.Template;
import java.util.ArrayList;
import java.util.List;

/** Shows everything that the daemon tells of a container or an image. */
public final class Inspect implements Command {
  private static final Flag<String> FORMAT =
      Flag.text("f", "format", "Format output using a template of {{.Field}}s");

  private final Kind kind;

  /** What is looked for. */
  public enum Kind {
    CONTAINER,
    IMAGE,
    /** A container, or else an image. */
    ANY
  }

  public Inspect(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Usage usage() {
    return switch (kind) {
      case CONTAINER ->
          usage(
              "[OPTIONS] CONTAINER [CONTAINER...]",
              "Display detailed information on one or more containers");
      case IMAGE ->
          usage("[OPTIONS] IMAGE [IMAGE...]", "Display detailed information on one or more images");
      case ANY ->
          usage(
              "[OPTIONS] NAME|ID [NAME|ID...]",
              "Return low-level information on containers and images");
    };
  }

  private static Usage usage(String synopsis, String summary) {
    return Usage.of(synopsis, summary, Arity.atLeast(1), FORMAT);
  }

  @Override
  public int run(Session session, Invocation call) {
    var found = new ArrayList<Json>();
    var failures = new ArrayList<String>();
    for (var name : call.arguments()) {
      try {
        found.add(find(session, name));
      } catch (CaissonException e) {
        failures.add(e.text());
      }
    }
    show(session, call.get(FORMAT), found);
    failures.forEach(session.console()::report);
    return failures.isEmpty() ? OK : FAILED;
  }

  private static void show(Session session, String format, List<Json> found) {
    if (format.isEmpty()) {
      session.console().print(JsonText.writeIndented(new Json.Items(found)));
    } else {
      var template = new Template(format);
      found.forEach(it -> session.console().print(template.fill(it)));
    }
  }

  private Json find(Session session, String name) {
    return switch (kind) {
      case CONTAINER -> session.api().get(ContainerTarget.of(name, "json"));
      case IMAGE -> session.api().get(image(name));
      case ANY -> findAny(session, name);
    };
  }

  private static Json findAny(Session session, String name) {
    for (var target : List.of(ContainerTarget.of(name, "json"), image(name))) {
      try {
        return session.api().get(target);
      } catch (CaissonException e) {
        if (e.code() != ErrorCode.NOT_FOUND) {
          throw e;
        }
      }
    }
    throw new CaissonException(ErrorCode.NOT_FOUND, "Error: No such object: " + name);
  }

  private static Target image(String name) {
    return Target.of("images", name, "json");
  }
}
