package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import caisson.cli.output.Human;
import caisson.cli.output.Listing;
import java.util.List;
import java.util.Map;

/** {@code system df}: what takes space on the host's disk, and how much of it could be freed. */
public final class DiskUsage implements Command {
  private static final Flag<String> FORMAT =
      Flag.text("", "format", "Format output using a template of {{.Field}}s");
  private static final String STANDARD =
      "table {{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}";
  private static final Map<String, String> HEADINGS = Map.of("TotalCount", "TOTAL");

  @Override
  public Usage usage() {
    return Usage.of("[OPTIONS]", "Show disk usage", Arity.NONE, FORMAT);
  }

  @Override
  public int run(Session session, Invocation call) {
    var usage = session.api().get(Target.of("system", "df"));
    var rows =
        List.of(
            images(usage),
            containers(usage.at("Containers").values()),
            volumes(usage.at("Volumes").values()),
            row("Build Cache", 0, 0, 0, 0));
    var format = call.get(FORMAT).isEmpty() ? STANDARD : call.get(FORMAT);
    new Listing(HEADINGS).lines(format, rows).forEach(session.console()::print);
    return OK;
  }

  private static Json images(Json usage) {
    var images = usage.at("Images").values();
    var active = images.stream().filter(it -> it.at("Containers").number() > 0).toList();
    long size = usage.at("LayersSize").number();
    long used = active.stream().mapToLong(it -> it.at("Size").number()).sum();
    return row("Images", images.size(), active.size(), size, Math.max(size - used, 0));
  }

  private static Json containers(List<Json> containers) {
    var active = containers.stream().filter(DiskUsage::runs).toList();
    long size = containers.stream().mapToLong(it -> it.at("SizeRw").number()).sum();
    long used = active.stream().mapToLong(it -> it.at("SizeRw").number()).sum();
    return row("Containers", containers.size(), active.size(), size, size - used);
  }

  private static boolean runs(Json container) {
    return List.of("running", "paused", "restarting").contains(container.at("State").text());
  }

  private static Json volumes(List<Json> volumes) {
    var active = volumes.stream().filter(it -> it.at("UsageData").at("RefCount").number() > 0);
    var inUse = active.toList();
    long size = volumes.stream().mapToLong(DiskUsage::volumeSize).sum();
    long used = inUse.stream().mapToLong(DiskUsage::volumeSize).sum();
    return row("Local Volumes", volumes.size(), inUse.size(), size, size - used);
  }

  private static long volumeSize(Json volume) {
    return Math.max(volume.at("UsageData").at("Size").number(), 0);
  }

  private static Json row(String type, int total, int active, long size, long reclaimable) {
    var share = size > 0 ? " (" + 100 * reclaimable / size + "%)" : "";
    return new JsonObject()
        .with("Type", type)
        .with("TotalCount", Integer.toString(total))
        .with("Active", Integer.toString(active))
        .with("Size", Human.size(size))
        .with("Reclaimable", Human.size(reclaimable) + share)
        .build();
  }
}
