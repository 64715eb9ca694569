package caisson.engine.vm;

import caisson.guest.protocol.LimitsSetup;
import caisson.oci.runtime.CpuLimits;
import caisson.oci.runtime.LinuxSpec;
import caisson.oci.runtime.MemoryLimits;
import caisson.oci.runtime.PidsLimit;
import caisson.oci.runtime.Resources;
import caisson.oci.runtime.Spec;
import java.util.Optional;

/**
 * A spec's {@code linux.resources} as limits of cgroup v2, converted as runc does (libcontainer,
 * cgroups/fs2). Device rules are accepted and without effect: what devices there are is the
 * machine's border, not the cgroup's.
 */
final class Limits {
  private static final String RESOURCES = "linux.resources.";
  private static final String NOT_ENFORCED = "cannot be enforced";
  private static final long NONE = -1;

  /** What cgroup v2 begins with, in microseconds and as a weight. */
  private static final long DEFAULT_PERIOD = 100_000;

  private static final long DEFAULT_WEIGHT = 100;

  private Limits() {}

  /** The memory limit in bytes, -1 for none. */
  static long memory(Spec spec) {
    return spec.linux().flatMap(LinuxSpec::resources).map(Limits::memory).orElse(NONE);
  }

  /** The same of resources alone. */
  static long memory(Resources resources) {
    return resources.memory().map(Limits::memory).orElse(NONE);
  }

  /** Limits to take the place of others: what is not limited is so from then on. */
  static LimitsSetup replacing(Resources resources) {
    var limits = of(resources);
    return new LimitsSetup(
        unlimited(limits.memory(), Long.MAX_VALUE),
        unlimited(limits.swap(), Long.MAX_VALUE),
        unlimited(limits.cpuQuota(), 0),
        unlimited(limits.cpuPeriod(), DEFAULT_PERIOD),
        unlimited(limits.cpuWeight(), DEFAULT_WEIGHT),
        limits.cpus(),
        limits.mems(),
        unlimited(limits.pids(), Long.MAX_VALUE));
  }

  private static long unlimited(long limit, long without) {
    return limit == NONE ? without : limit;
  }

  static LimitsSetup of(Resources resources) {
    check(resources);
    var cpu = resources.cpu();
    var memory = resources.memory();
    return new LimitsSetup(
        memory.map(Limits::memory).orElse(NONE),
        memory.map(Limits::swap).orElse(NONE),
        positive(cpu.flatMap(CpuLimits::quota)),
        positive(cpu.flatMap(CpuLimits::period)),
        cpu.flatMap(CpuLimits::shares).map(Limits::weight).orElse(NONE),
        cpu.flatMap(CpuLimits::cpus).orElse(""),
        cpu.flatMap(CpuLimits::mems).orElse(""),
        positive(resources.pids().map(PidsLimit::limit)));
  }

  private static void check(Resources resources) {
    Refusal.ifPresent(!resources.unified().isEmpty(), RESOURCES + "unified", NOT_ENFORCED);
    resources
        .memory()
        .ifPresent(memory -> {
          refuse(memory.reservation(), "memory.reservation");
          refuse(memory.swappiness(), "memory.swappiness");
          Refusal.ifPresent(
              memory.disableOOMKiller().orElse(false),
              RESOURCES + "memory.disableOOMKiller",
              "is not in cgroup v2");
        });
    resources
        .cpu()
        .ifPresent(cpu -> {
          refuse(cpu.burst(), "cpu.burst");
          refuse(cpu.realtimeRuntime(), "cpu.realtimeRuntime");
          refuse(cpu.realtimePeriod(), "cpu.realtimePeriod");
          refuse(cpu.idle(), "cpu.idle");
        });
  }

  /** Zero is what some callers write for nothing. */
  private static void refuse(Optional<Long> value, String field) {
    Refusal.ifPresent(value.orElse(0L) != 0, RESOURCES + field, NOT_ENFORCED);
  }

  private static long memory(MemoryLimits memory) {
    return positive(memory.limit());
  }

  /** The spec counts memory and swap together, cgroup v2 swap alone. */
  private static long swap(MemoryLimits memory) {
    long limit = memory(memory);
    long both = positive(memory.swap());
    if (both < 0) {
      return NONE;
    }
    if (limit < 0) {
      throw Refusal.invalid(RESOURCES + "memory.swap", "needs a memory.limit beside it");
    }
    if (both < limit) {
      throw Refusal.invalid(
          RESOURCES + "memory.swap", "(" + both + ") is less than memory.limit (" + limit + ")");
    }
    return both - limit;
  }

  /** Shares go from 2 to 262144, weights from 1 to 10000. */
  private static long weight(long shares) {
    return shares <= 0 ? NONE : 1 + (Math.clamp(shares, 2L, 262_144L) - 2) * 9999 / 262_142;
  }

  private static long positive(Optional<Long> value) {
    return value.filter(number -> number > 0).orElse(NONE);
  }
}
