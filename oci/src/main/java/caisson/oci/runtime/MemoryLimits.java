package caisson.oci.runtime;

import java.util.Optional;

/** Memory limits in bytes; -1 is unlimited; {@code swap} is memory and swap together. */
public record MemoryLimits(
    Optional<Long> limit,
    Optional<Long> reservation,
    Optional<Long> swap,
    Optional<Long> swappiness,
    Optional<Boolean> disableOOMKiller) {}
