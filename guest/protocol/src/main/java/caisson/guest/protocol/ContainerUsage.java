package caisson.guest.protocol;

import java.util.List;

/**
 * What a container has used since its start, and uses.
 *
 * @param clock nanoseconds of the guest's monotonic clock, which stands still while the guest does
 * @param cpu nanoseconds in all
 * @param cpuUser nanoseconds in programs
 * @param cpuSystem nanoseconds in the kernel
 * @param memory bytes
 * @param inactiveFile bytes of it that the kernel can have back at once
 * @param memoryLimit bytes, Long.MAX_VALUE without one
 * @param pidsLimit Long.MAX_VALUE without one
 */
public record ContainerUsage(
    long clock,
    long cpu,
    long cpuUser,
    long cpuSystem,
    long memory,
    long inactiveFile,
    long memoryLimit,
    long pids,
    long pidsLimit,
    List<Network> networks,
    List<Disk> disks) {
  /** What went through an interface: bytes, packets, errors and drops of either direction. */
  public record Network(
      String name,
      long received,
      long receivedPackets,
      long receiveErrors,
      long receiveDropped,
      long sent,
      long sentPackets,
      long sendErrors,
      long sendDropped) {}

  /** What went from and to a disk, in bytes and in requests. */
  public record Disk(int major, int minor, long read, long written, long reads, long writes) {}

  public byte[] toBytes() {
    Encoder out = new Encoder().i64(clock).i64(cpu).i64(cpuUser).i64(cpuSystem);
    out.i64(memory).i64(inactiveFile).i64(memoryLimit).i64(pids).i64(pidsLimit);
    out.list(networks, ContainerUsage::write);
    out.list(disks, ContainerUsage::write);
    return out.toBytes();
  }

  private static void write(Network network, Encoder out) {
    out.string(network.name());
    out.i64(network.received()).i64(network.receivedPackets());
    out.i64(network.receiveErrors()).i64(network.receiveDropped());
    out.i64(network.sent()).i64(network.sentPackets());
    out.i64(network.sendErrors()).i64(network.sendDropped());
  }

  private static void write(Disk disk, Encoder out) {
    out.i32(disk.major()).i32(disk.minor());
    out.i64(disk.read()).i64(disk.written()).i64(disk.reads()).i64(disk.writes());
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws ProtocolException if it is anything else
   */
  public static ContainerUsage of(byte[] body) {
    Decoder in = new Decoder(body, 0, body.length);
    ContainerUsage usage =
        new ContainerUsage(
            in.size(),
            in.size(),
            in.size(),
            in.size(),
            in.size(),
            in.size(),
            in.size(),
            in.size(),
            in.size(),
            in.list(ContainerUsage::network),
            in.list(ContainerUsage::disk));
    in.finish();
    return usage;
  }

  private static Network network(Decoder in) {
    return new Network(
        in.string(),
        in.size(),
        in.size(),
        in.size(),
        in.size(),
        in.size(),
        in.size(),
        in.size(),
        in.size());
  }

  private static Disk disk(Decoder in) {
    return new Disk(in.i32(), in.i32(), in.size(), in.size(), in.size(), in.size());
  }
}
