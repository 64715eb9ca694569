package caisson.engine;

import java.time.Instant;
import java.util.List;

/**
 * What a running container has used and uses.
 *
 * @param cpuNanos CPU time of all its processes since its start, in nanoseconds
 * @param userNanos the part of it in programs
 * @param systemNanos the part of it in the kernel
 * @param machineNanos CPU time that its machine's CPUs could have given since it was started
 * @param cpus of its machine
 * @param memory bytes, the page cache included
 * @param inactiveFile bytes of the page cache that can be had back at once
 * @param memoryLimit bytes; the machine's memory without a limit
 * @param pidsLimit 0 without a limit
 */
public record ContainerStats(
    Instant time,
    long cpuNanos,
    long userNanos,
    long systemNanos,
    long machineNanos,
    int cpus,
    long memory,
    long inactiveFile,
    long memoryLimit,
    long pids,
    long pidsLimit,
    List<Network> networks,
    List<Disk> disks) {
  public ContainerStats {
    networks = List.copyOf(networks);
    disks = List.copyOf(disks);
  }

  /** What went through a network interface since the container's start. */
  public record Network(
      String name,
      long receivedBytes,
      long receivedPackets,
      long receiveErrors,
      long receiveDropped,
      long sentBytes,
      long sentPackets,
      long sendErrors,
      long sendDropped) {}

  /** What went to and from a disk, by its device number in the guest. */
  public record Disk(
      int major, int minor, long readBytes, long writtenBytes, long reads, long writes) {}
}
