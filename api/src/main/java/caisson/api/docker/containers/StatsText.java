package caisson.api.docker.containers;

import caisson.api.wire.StatsSample;
import caisson.engine.Container;
import caisson.engine.ContainerStats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** A container's numbers as Docker's clients read them. */
final class StatsText {
  private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");
  private static final StatsSample.Cpu NO_CPU =
      new StatsSample.Cpu(
          new StatsSample.CpuUsage(0, 0, 0), 0, 0, StatsSample.Throttling.UNCOUNTED);

  private StatsText() {}

  /**
   * A document.
   *
   * @param before what was read the last time
   * @param now empty where the container does not run
   */
  static StatsSample of(
      Container container, Optional<ContainerStats> before, Optional<ContainerStats> now) {
    return new StatsSample(
        container.id().value(),
        "/" + container.name(),
        now.map(ContainerStats::time).orElse(NEVER),
        before.map(ContainerStats::time).orElse(NEVER),
        now.map(it -> new StatsSample.Pids(it.pids(), it.pidsLimit()))
            .orElse(new StatsSample.Pids(0, 0)),
        now.map(StatsText::blkio).orElse(new StatsSample.Blkio(List.of(), List.of())),
        0,
        Map.of(),
        now.map(StatsText::cpu).orElse(NO_CPU),
        before.map(StatsText::cpu).orElse(NO_CPU),
        now.map(StatsText::memory).orElse(new StatsSample.Memory(0, Map.of(), 0)),
        now.map(StatsText::networks));
  }

  private static StatsSample.Cpu cpu(ContainerStats stats) {
    return new StatsSample.Cpu(
        new StatsSample.CpuUsage(stats.cpuNanos(), stats.systemNanos(), stats.userNanos()),
        stats.machineNanos(),
        stats.cpus(),
        StatsSample.Throttling.UNCOUNTED);
  }

  private static StatsSample.Memory memory(ContainerStats stats) {
    return new StatsSample.Memory(
        stats.memory(), Map.of("inactive_file", stats.inactiveFile()), stats.memoryLimit());
  }

  private static StatsSample.Blkio blkio(ContainerStats stats) {
    return new StatsSample.Blkio(
        entries(stats, ContainerStats.Disk::readBytes, ContainerStats.Disk::writtenBytes),
        entries(stats, ContainerStats.Disk::reads, ContainerStats.Disk::writes));
  }

  private static List<StatsSample.BlkioEntry> entries(
      ContainerStats stats,
      ToLongFunction<ContainerStats.Disk> read,
      ToLongFunction<ContainerStats.Disk> write) {
    var entries = new ArrayList<StatsSample.BlkioEntry>();
    for (var disk : stats.disks()) {
      entries.add(entry(disk, "read", read));
      entries.add(entry(disk, "write", write));
    }
    return entries;
  }

  private static StatsSample.BlkioEntry entry(
      ContainerStats.Disk disk, String op, ToLongFunction<ContainerStats.Disk> value) {
    return new StatsSample.BlkioEntry(disk.major(), disk.minor(), op, value.applyAsLong(disk));
  }

  private static Map<String, StatsSample.Network> networks(ContainerStats stats) {
    var networks = new LinkedHashMap<String, StatsSample.Network>();
    for (var each : stats.networks()) {
      networks.put(
          each.name(),
          new StatsSample.Network(
              each.receivedBytes(),
              each.receivedPackets(),
              each.receiveErrors(),
              each.receiveDropped(),
              each.sentBytes(),
              each.sentPackets(),
              each.sendErrors(),
              each.sendDropped()));
    }
    return networks;
  }
}
