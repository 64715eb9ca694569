package caisson.api.wire;

import caisson.base.Absent;
import java.util.List;
import java.util.Optional;

/**
 * A container's limits; 0 is no limit.
 *
 * @param memory bytes
 * @param memorySwap bytes of memory and swap together; -1 is unlimited swap
 * @param memoryReservation bytes
 * @param memorySwappiness -1 is unset
 * @param nanoCpus thousand-millionths of a CPU
 * @param cpuPeriod microseconds
 * @param cpuQuota microseconds
 * @param pidsLimit 0 and -1 are no limit
 */
public record Resources(
    long memory,
    long memorySwap,
    long memoryReservation,
    Optional<Long> memorySwappiness,
    Optional<Boolean> oomKillDisable,
    long nanoCpus,
    long cpuShares,
    long cpuPeriod,
    long cpuQuota,
    String cpusetCpus,
    String cpusetMems,
    Optional<Long> pidsLimit,
    List<Ulimit> ulimits) {
  public Resources {
    cpusetCpus = Absent.text(cpusetCpus);
    cpusetMems = Absent.text(cpusetMems);
    ulimits = Absent.list(ulimits);
  }
}
