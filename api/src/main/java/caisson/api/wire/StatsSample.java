package caisson.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A document of {@code GET /containers/ID/stats}. Clients compute percentages from the two readings
 * of the CPUs, and memory as usage less {@code inactive_file}.
 *
 * @param name with a leading slash
 * @param preread when {@code precpuStats} were read
 */
@JsonNaming(SnakeCaseStrategy.class)
public record StatsSample(
    String id,
    String name,
    Instant read,
    Instant preread,
    Pids pidsStats,
    Blkio blkioStats,
    int numProcs,
    Map<String, Object> storageStats,
    Cpu cpuStats,
    Cpu precpuStats,
    Memory memoryStats,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Map<String, Network>> networks) {

  /** Tasks. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record Pids(long current, long limit) {}

  /** What went to and from disks. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Blkio(
      List<BlkioEntry> ioServiceBytesRecursive, List<BlkioEntry> ioServicedRecursive) {}

  /**
   * A count of one disk.
   *
   * @param op read or write
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record BlkioEntry(long major, long minor, String op, long value) {}

  /**
   * CPU time.
   *
   * @param systemCpuUsage nanoseconds that all CPUs could have given
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Cpu(
      CpuUsage cpuUsage, long systemCpuUsage, int onlineCpus, Throttling throttlingData) {}

  /** Nanoseconds. */
  public record CpuUsage(
      @JsonProperty("total_usage") long total,
      @JsonProperty("usage_in_kernelmode") long kernel,
      @JsonProperty("usage_in_usermode") long user) {}

  /** How often a quota held the container up. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Throttling(long periods, long throttledPeriods, long throttledTime) {
    public static final Throttling UNCOUNTED = new Throttling(0, 0, 0);
  }

  /** Bytes. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Memory(long usage, Map<String, Long> stats, long limit) {}

  /** What went through an interface. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Network(
      long rxBytes,
      long rxPackets,
      long rxErrors,
      long rxDropped,
      long txBytes,
      long txPackets,
      long txErrors,
      long txDropped) {}
}
