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

  /** The same with {@code before}'s values where this has none; CPUs come in one form only. */
  public Resources over(Resources before) {
    boolean quota = cpuQuota != 0 || cpuPeriod != 0;
    return new Resources(
        first(memory, before.memory),
        first(memorySwap, before.memorySwap),
        first(memoryReservation, before.memoryReservation),
        memorySwappiness.or(before::memorySwappiness),
        oomKillDisable.or(before::oomKillDisable),
        quota ? 0 : first(nanoCpus, before.nanoCpus),
        first(cpuShares, before.cpuShares),
        nanoCpus != 0 ? 0 : first(cpuPeriod, before.cpuPeriod),
        nanoCpus != 0 ? 0 : first(cpuQuota, before.cpuQuota),
        cpusetCpus.isEmpty() ? before.cpusetCpus : cpusetCpus,
        cpusetMems.isEmpty() ? before.cpusetMems : cpusetMems,
        pidsLimit.filter(limit -> limit != 0).or(before::pidsLimit),
        ulimits.isEmpty() ? before.ulimits : ulimits);
  }

  private static long first(long asked, long before) {
    return asked == 0 ? before : asked;
  }
}
