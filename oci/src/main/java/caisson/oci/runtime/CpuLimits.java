package caisson.oci.runtime;

import java.util.Optional;

/** CPU limits; quota and period in microseconds. */
public record CpuLimits(
    Optional<Long> shares,
    Optional<Long> quota,
    Optional<Long> burst,
    Optional<Long> period,
    Optional<Long> realtimeRuntime,
    Optional<Long> realtimePeriod,
    Optional<String> cpus,
    Optional<String> mems,
    Optional<Long> idle) {}
