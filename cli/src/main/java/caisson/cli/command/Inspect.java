package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.flag.Values;
import caisson.cli.json.Json;
import caisson.cli.json.JsonText;
import caisson.cli.output.Template;
import java.util.ArrayList;
import java.util.List;

/** Shows everything that the daemon tells of a container, an image or a volume. */
public final class Inspect implements Command {
  private static final Flag<String> FORMAT =
      Flag.text("f", "format", "Format output using a template of {{.Field}}s");

  private static final Flag<Kind> TYPE =
      Flag.of(
          "",
          "type",
          "string",
          "Only inspect objects of the given type (\"container\", \"image\", \"volume\")",
          Kind.ANY,
          Inspect::kind);

  private final Kind kind;

  /** What is looked for. */
  public enum Kind {
    CONTAINER,
    IMAGE,
    NETWORK,
    VOLUME,
    /** A container, or else an image, or else a volume, or else a network. */
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
      case NETWORK ->
          usage(
              "[OPTIONS] NETWORK [NETWORK...]",
              "Display detailed information on one or more networks");
      case VOLUME ->
          usage(
              "[OPTIONS] VOLUME [VOLUME...]",
              "Display detailed information on one or more volumes");
      case ANY ->
          Usage.of(
              "[OPTIONS] NAME|ID [NAME|ID...]",
              "Return low-level information on containers, images and volumes",
              Arity.atLeast(1),
              FORMAT,
              TYPE);
    };
  }

  private static Kind kind(String text) {
    return switch (text) {
      case "container" -> Kind.CONTAINER;
      case "image" -> Kind.IMAGE;
      case "network" -> Kind.NETWORK;
      case "volume" -> Kind.VOLUME;
      default -> throw Values.invalid("unknown type: \"" + text + "\"");
    };
  }

  private static Usage usage(String synopsis, String summary) {
    return Usage.of(synopsis, summary, Arity.atLeast(1), FORMAT);
  }

  @Override
  public int run(Session session, Invocation call) {
    var wanted = kind == Kind.ANY ? call.get(TYPE) : kind;
    var found = new ArrayList<Json>();
    var failures = new ArrayList<String>();
    for (var name : call.arguments()) {
      try {
        found.add(find(session, wanted, name));
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

  private static Json find(Session session, Kind wanted, String name) {
    return switch (wanted) {
      case CONTAINER -> session.api().get(ContainerTarget.of(name, "json"));
      case IMAGE -> session.api().get(image(name));
      case NETWORK -> session.api().get(Target.of("networks", name));
      case VOLUME -> session.api().get(Target.of("volumes", name));
      case ANY -> findAny(session, name);
    };
  }

  private static Json findAny(Session session, String name) {
    for (var target :
        List.of(
            ContainerTarget.of(name, "json"),
            image(name),
            Target.of("volumes", name),
            Target.of("networks", name))) {
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
