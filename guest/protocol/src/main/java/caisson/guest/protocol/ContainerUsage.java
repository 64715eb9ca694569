package caisson.guest.protocol;

/**
 * What a container uses.
 *
 * @param cpu nanoseconds
 * @param memory bytes
 * @param memoryLimit bytes, Long.MAX_VALUE without one
 */
public record ContainerUsage(long cpu, long memory, long memoryLimit, long pids) {
  public byte[] toBytes() {
    return new Encoder().i64(cpu).i64(memory).i64(memoryLimit).i64(pids).toBytes();
  }

  public static ContainerUsage of(byte[] body) {
    Decoder in = new Decoder(body, 0, body.length);
    ContainerUsage usage = new ContainerUsage(in.size(), in.size(), in.size(), in.size());
    in.finish();
    return usage;
  }
}
