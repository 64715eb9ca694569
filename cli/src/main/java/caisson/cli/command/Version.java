package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import caisson.cli.output.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** {@code version}: of the command line and of the daemon with what it stands on. */
public final class Version implements Command {
  private static final Flag<String> FORMAT =
      Flag.text("f", "format", "Format output using a template of {{.Field}}s");
  private static final int COLUMN = 18;

  private final String version;

  /** Shows the version of this command line, and the daemon's. */
  public Version(String version) {
    this.version = version;
  }

  @Override
  public Usage usage() {
    return Usage.of("[OPTIONS]", "Show the Caisson version information", Arity.NONE, FORMAT);
  }

  @Override
  public int run(Session session, Invocation call) {
    if (!call.get(FORMAT).isEmpty()) {
      var both = new JsonObject().with("Client", client()).with("Server", server(session)).build();
      session.console().print(new Template(call.get(FORMAT)).fill(both));
      return OK;
    }
    // The client's part is shown although there may be no daemon to tell the other.
    clientLines().forEach(session.console()::print);
    serverLines(server(session)).forEach(session.console()::print);
    return OK;
  }

  private static Json server(Session session) {
    return session.api().get(Target.of("version"));
  }

  private Json client() {
    return new JsonObject()
        .with("Version", version)
        .with("Os", "linux")
        .with("Arch", System.getProperty("os.arch", ""))
        .build();
  }

  private List<String> clientLines() {
    return List.of(
        "Client:",
        line(" ", "Version", version),
        line(" ", "OS/Arch", "linux/" + System.getProperty("os.arch", "")),
        "");
  }

  private static List<String> serverLines(Json server) {
    var lines = new ArrayList<>(List.of("Server:", " Engine:"));
    lines.add(line("  ", "Version", server.at("Version").text()));
    lines.add(
        line(
            "  ",
            "API version",
            "%s (minimum version %s)"
                .formatted(server.at("ApiVersion").text(), server.at("MinAPIVersion").text())));
    lines.add(line("  ", "OS/Arch", server.at("Os").text() + "/" + server.at("Arch").text()));
    for (var component : server.at("Components").values()) {
      if (!component.at("Name").text().equals("Engine")) {
        addComponent(lines, component);
      }
    }
    return lines;
  }

  private static void addComponent(List<String> lines, Json component) {
    lines.add(" " + component.at("Name").text() + ":");
    lines.add(line("  ", "Version", component.at("Version").text()));
    new TreeMap<>(component.at("Details").members())
        .forEach((name, value) -> lines.add(line("  ", name, value.text())));
  }

  private static String line(String indent, String name, String value) {
    var start = indent + name + ":";
    return start + " ".repeat(Math.max(COLUMN + indent.length() - start.length(), 1)) + value;
  }
}
