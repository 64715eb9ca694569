package caisson.api.runtime;

import caisson.engine.ContainerStats;
import java.util.ArrayList;
import java.util.List;

/** What a container uses, as runc's {@code events} prints it: times in nanoseconds, else bytes. */
record StatsDocument(String type, String id, Data data) {
  record Data(Cpu cpu, Memory memory, Pids pids, Blkio blkio, List<Interface> network_interfaces) {}

  record Cpu(CpuUsage usage) {}

  record CpuUsage(long total, long kernel, long user) {}

  record Memory(long cache, MemoryUsage usage) {}

  record MemoryUsage(long limit, long usage) {}

  /** The limit is left out where there is none. */
  record Pids(long current, long limit) {}

  record Blkio(List<Entry> ioServiceBytesRecursive, List<Entry> ioServicedRecursive) {}

  record Entry(int major, int minor, String op, long value) {}

  record Interface(
      String Name,
      long RxBytes,
      long RxPackets,
      long RxErrors,
      long RxDropped,
      long TxBytes,
      long TxPackets,
      long TxErrors,
      long TxDropped) {
    static Interface of(ContainerStats.Network it) {
      return new Interface(
          it.name(),
          it.receivedBytes(),
          it.receivedPackets(),
          it.receiveErrors(),
          it.receiveDropped(),
          it.sentBytes(),
          it.sentPackets(),
          it.sendErrors(),
          it.sendDropped());
    }
  }

  static StatsDocument of(String id, ContainerStats stats) {
    return new StatsDocument(
        "stats",
        id,
        new Data(
            new Cpu(new CpuUsage(stats.cpuNanos(), stats.systemNanos(), stats.userNanos())),
            new Memory(stats.inactiveFile(), new MemoryUsage(stats.memoryLimit(), stats.memory())),
            new Pids(stats.pids(), stats.pidsLimit()),
            blkio(stats.disks()),
            stats.networks().stream().map(Interface::of).toList()));
  }

  private static Blkio blkio(List<ContainerStats.Disk> disks) {
    var bytes = new ArrayList<Entry>();
    var operations = new ArrayList<Entry>();
    for (var disk : disks) {
      bytes.add(new Entry(disk.major(), disk.minor(), "Read", disk.readBytes()));
      bytes.add(new Entry(disk.major(), disk.minor(), "Write", disk.writtenBytes()));
      operations.add(new Entry(disk.major(), disk.minor(), "Read", disk.reads()));
      operations.add(new Entry(disk.major(), disk.minor(), "Write", disk.writes()));
    }
    return new Blkio(bytes, operations);
  }
}
