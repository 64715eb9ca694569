package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.json.Json;
import caisson.cli.output.Human;
import caisson.cli.output.Template;
import java.util.ArrayList;
import java.util.List;

/** {@code info}: what the daemon has and what it works with. */
public final class Info implements Command {
  private static final String ACCELERATOR = "Accelerator";

  private static final Flag<String> FORMAT =
      Flag.text("f", "format", "Format output using a template of {{.Field}}s");

  private final String version;

  /** Shows the version of this command line, and what the daemon works with. */
  public Info(String version) {
    this.version = version;
  }

  @Override
  public Usage usage() {
    return Usage.of("[OPTIONS]", "Display system-wide information", Arity.NONE, FORMAT);
  }

  @Override
  public int run(Session session, Invocation call) {
    var info = session.api().get(Target.of("info"));
    if (!call.get(FORMAT).isEmpty()) {
      session.console().print(new Template(call.get(FORMAT)).fill(info));
      return OK;
    }
    lines(info).forEach(session.console()::print);
    info.at("Warnings").texts().forEach(session.console()::report);
    return OK;
  }

  private List<String> lines(Json info) {
    var lines = new ArrayList<>(List.of("Client:", " Version:    " + version, ""));
    lines.addAll(
        List.of(
            "Server:",
            " Containers: " + info.at("Containers").number(),
            "  Running: " + info.at("ContainersRunning").number(),
            "  Paused: " + info.at("ContainersPaused").number(),
            "  Stopped: " + info.at("ContainersStopped").number(),
            " Images: " + info.at("Images").number()));
    add(lines, " Server Version", info.at("ServerVersion"));
    add(lines, " Storage Driver", info.at("Driver"));
    for (var status : info.at("DriverStatus").values()) {
      var pair = status.texts();
      // The accelerator comes below, with its reason.
      if (!pair.getFirst().equals(ACCELERATOR)) {
        lines.add("  " + String.join(": ", pair));
      }
    }
    add(lines, " Logging Driver", info.at("LoggingDriver"));
    addMachines(lines, info.at("Caisson"));
    lines.addAll(host(info));
    return lines;
  }

  /** What the containers' machines run on. */
  private static void addMachines(List<String> lines, Json machines) {
    add(lines, " " + ACCELERATOR, machines.at(ACCELERATOR));
    add(lines, "  Reason", machines.at("AcceleratorReason"));
  }

  private static List<String> host(Json info) {
    var lines = new ArrayList<String>();
    var security = info.at("SecurityOptions").texts();
    if (!security.isEmpty()) {
      lines.add(" Security Options:");
      security.forEach(option -> lines.add("  " + option));
    }
    add(lines, " Kernel Version", info.at("KernelVersion"));
    add(lines, " Operating System", info.at("OperatingSystem"));
    add(lines, " OSType", info.at("OSType"));
    add(lines, " Architecture", info.at("Architecture"));
    add(lines, " CPUs", info.at("NCPU"));
    lines.add(" Total Memory: " + Human.binarySize(info.at("MemTotal").number()));
    add(lines, " Name", info.at("Name"));
    add(lines, " ID", info.at("ID"));
    add(lines, " Docker Root Dir", info.at("DockerRootDir"));
    return lines;
  }

  private static void add(List<String> lines, String name, Json value) {
    if (!value.text().isEmpty()) {
      lines.add(name + ": " + value.text());
    }
  }
}
