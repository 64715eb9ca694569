package caisson.engine.vm;

import caisson.base.ByteSize;
import caisson.engine.ContainerStats;
import caisson.engine.GuestTask;
import caisson.guest.protocol.ContainerUsage;
import caisson.guest.protocol.Task;
import java.time.Duration;
import java.time.Instant;

/** What a guest counts, in the engine's words. */
final class GuestNumbers {
  /** The kernel's major number of pseudo-terminals (Documentation/admin-guide/devices.txt). */
  private static final int PSEUDO_TERMINALS = 136;

  private static final long NANOS = 1_000_000_000;

  private GuestNumbers() {}

  /**
   * A container's numbers.
   *
   * @param cpus of its machine
   * @param memory of its machine
   */
  static ContainerStats stats(ContainerUsage usage, Instant time, int cpus, ByteSize memory) {
    return new ContainerStats(
        time,
        usage.cpu(),
        usage.cpuUser(),
        usage.cpuSystem(),
        usage.clock() * cpus,
        cpus,
        usage.memory(),
        usage.inactiveFile(),
        Math.min(usage.memoryLimit(), memory.bytes()),
        usage.pids(),
        usage.pidsLimit() == Long.MAX_VALUE ? 0 : usage.pidsLimit(),
        usage.networks().stream().map(GuestNumbers::network).toList(),
        usage.disks().stream().map(GuestNumbers::disk).toList());
  }

  private static ContainerStats.Network network(ContainerUsage.Network network) {
    return new ContainerStats.Network(
        network.name(),
        network.received(),
        network.receivedPackets(),
        network.receiveErrors(),
        network.receiveDropped(),
        network.sent(),
        network.sentPackets(),
        network.sendErrors(),
        network.sendDropped());
  }

  private static ContainerStats.Disk disk(ContainerUsage.Disk disk) {
    return new ContainerStats.Disk(
        disk.major(), disk.minor(), disk.read(), disk.written(), disk.reads(), disk.writes());
  }

  static GuestTask task(Task task) {
    return new GuestTask(
        task.pid(),
        task.parent(),
        Integer.toUnsignedLong(task.uid()),
        String.valueOf(task.state()),
        terminal(task.terminal()),
        Instant.ofEpochSecond(task.started() / NANOS, task.started() % NANOS),
        Duration.ofNanos(task.cpu()),
        task.virtual(),
        task.resident(),
        task.name(),
        task.command());
  }

  /** Bits 31 to 20 and 7 to 0 of a device number are the minor, 15 to 8 the major one (proc(5)). */
  private static String terminal(int device) {
    int major = (device >> 8) & 0xff;
    int minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
    return major == PSEUDO_TERMINALS ? "pts/" + minor : "?";
  }
}
