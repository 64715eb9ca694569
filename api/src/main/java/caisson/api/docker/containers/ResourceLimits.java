package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.api.wire.Ulimit;
import caisson.base.ByteSize;
import caisson.oci.runtime.CpuLimits;
import caisson.oci.runtime.MemoryLimits;
import caisson.oci.runtime.PidsLimit;
import caisson.oci.runtime.Resources;
import caisson.oci.runtime.Rlimit;
import caisson.oci.runtime.RlimitType;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Docker's limits in the OCI spec's terms. */
record ResourceLimits(caisson.api.wire.Resources asked) {
  private static final ByteSize MIN_MEMORY = ByteSize.ofMib(6);
  private static final long PERIOD_MICROS = 100_000;
  private static final long NANO_CPUS = 1_000_000_000;

  /**
   * The limits of the container's cgroup.
   *
   * @param cpus of the host
   */
  Resources cgroup(int cpus) {
    return new Resources(
        List.of(), memory(), cpu(cpus), asked.pidsLimit().flatMap(this::pids), Map.of());
  }

  private Optional<PidsLimit> pids(long limit) {
    return limit > 0 ? Optional.of(new PidsLimit(limit)) : Optional.empty();
  }

  private Optional<MemoryLimits> memory() {
    long limit = asked.memory();
    long swap = asked.memorySwap();
    if (limit < 0 || (limit > 0 && limit < MIN_MEMORY.bytes())) {
      throw BadRequest.of("Minimum memory limit allowed is 6MB");
    }
    if (limit == 0 && swap > 0) {
      throw BadRequest.of("You should always set the Memory limit when using Memoryswap limit");
    }
    if (swap < -1 || (swap > 0 && swap < limit)) {
      throw BadRequest.of("Minimum memoryswap limit should be larger than memory limit");
    }
    if (limit == 0) {
      return Optional.empty();
    }
    long both = swap == 0 ? 2 * limit : swap;
    return Optional.of(
        new MemoryLimits(
            Optional.of(limit),
            Optional.empty(),
            Optional.of(both),
            Optional.empty(),
            Optional.empty()));
  }

  private Optional<CpuLimits> cpu(int cpus) {
    var limits =
        new CpuLimits(
            positive(asked.cpuShares(), "CpuShares"),
            quota(cpus),
            Optional.empty(),
            period(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(asked.cpusetCpus()).filter(it -> !it.isEmpty()),
            Optional.of(asked.cpusetMems()).filter(it -> !it.isEmpty()),
            Optional.empty());
    return Optional.of(limits);
  }

  private Optional<Long> quota(int cpus) {
    long nano = asked.nanoCpus();
    if (nano == 0) {
      return asked.cpuQuota() < 0 ? Optional.empty() : positive(asked.cpuQuota(), "CpuQuota");
    }
    if (asked.cpuQuota() != 0 || asked.cpuPeriod() != 0) {
      throw BadRequest.of("Conflicting options: Nano CPUs and CPU Period or Quota cannot be set");
    }
    if (nano < NANO_CPUS / 100 || nano > cpus * NANO_CPUS) {
      throw BadRequest.of(
          "Range of CPUs is from 0.01 to %d.00, as there are only %d CPUs available"
              .formatted(cpus, cpus));
    }
    return Optional.of(nano * PERIOD_MICROS / NANO_CPUS);
  }

  private Optional<Long> period() {
    return asked.nanoCpus() > 0
        ? Optional.of(PERIOD_MICROS)
        : positive(asked.cpuPeriod(), "CpuPeriod");
  }

  private static Optional<Long> positive(long value, String field) {
    if (value < 0) {
      throw BadRequest.of("invalid %s: %d is negative".formatted(field, value));
    }
    return value == 0 ? Optional.empty() : Optional.of(value);
  }

  /** The limits of each process. */
  List<Rlimit> processes() {
    return asked.ulimits().stream().map(ResourceLimits::rlimit).toList();
  }

  private static Rlimit rlimit(Ulimit limit) {
    var type =
        RlimitType.named(limit.name())
            .orElseThrow(() -> BadRequest.of("invalid ulimit type: " + limit.name()));
    boolean softIsMore = limit.hard() != -1 && (limit.soft() == -1 || limit.soft() > limit.hard());
    if (softIsMore || limit.soft() < -1 || limit.hard() < -1) {
      throw BadRequest.of(
          "invalid ulimit %s: soft limit %d, hard limit %d"
              .formatted(limit.name(), limit.soft(), limit.hard()));
    }
    return new Rlimit(
        type.text(), BigInteger.valueOf(limit.soft()), BigInteger.valueOf(limit.hard()));
  }
}
