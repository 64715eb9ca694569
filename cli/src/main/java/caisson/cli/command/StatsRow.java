package caisson.cli.command;

import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import caisson.cli.output.Human;
import java.util.Locale;

/**
 * A container's numbers in a table, computed as Docker's own client computes them.
 *
 * @param truncated whether long values are cut
 */
record StatsRow(Json sample, boolean truncated) {
  String id() {
    var id = sample.at("id").text();
    return truncated ? Human.shortId(id) : id;
  }

  String name() {
    var name = sample.at("name").text();
    return name.startsWith("/") ? name.substring(1) : name;
  }

  /** CPU time of the container in percent of one CPU. */
  String cpu() {
    var now = sample.at("cpu_stats");
    var before = sample.at("precpu_stats");
    double used = total(now) - total(before);
    double given = now.at("system_cpu_usage").number() - before.at("system_cpu_usage").number();
    boolean known = used > 0 && given > 0 && before.at("system_cpu_usage").number() > 0;
    return percent(known ? used / given * now.at("online_cpus").number() * 100 : 0);
  }

  private static long total(Json cpu) {
    return cpu.at("cpu_usage").at("total_usage").number();
  }

  private long used() {
    var memory = sample.at("memory_stats");
    return Math.max(
        memory.at("usage").number() - memory.at("stats").at("inactive_file").number(), 0);
  }

  private long limit() {
    return sample.at("memory_stats").at("limit").number();
  }

  String memory() {
    return Human.binarySize(used()) + " / " + Human.binarySize(limit());
  }

  String memoryShare() {
    return percent(limit() == 0 ? 0 : 100.0 * used() / limit());
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }

  String network() {
    long received = 0;
    long sent = 0;
    for (var network : sample.at("networks").members().values()) {
      received += network.at("rx_bytes").number();
      sent += network.at("tx_bytes").number();
    }
    return Human.size(received) + " / " + Human.size(sent);
  }

  String blocks() {
    long read = 0;
    long written = 0;
    for (var entry : sample.at("blkio_stats").at("io_service_bytes_recursive").values()) {
      boolean reads = entry.at("op").text().equalsIgnoreCase("read");
      read += reads ? entry.at("value").number() : 0;
      written += reads ? 0 : entry.at("value").number();
    }
    return Human.size(read) + " / " + Human.size(written);
  }

  String pids() {
    return Long.toString(sample.at("pids_stats").at("current").number());
  }

  /** What a format can name. */
  Json fields() {
    return new JsonObject()
        .with("ID", id())
        .with("Container", id())
        .with("Name", name())
        .with("CPUPerc", cpu())
        .with("MemUsage", memory())
        .with("MemPerc", memoryShare())
        .with("NetIO", network())
        .with("BlockIO", blocks())
        .with("PIDs", pids())
        .build();
  }
}
