package caisson.vmm;

import caisson.base.ByteSize;
import java.time.Instant;
import java.util.Optional;

/**
 * A booted machine that others are clones of.
 *
 * @param name of its shape, unlike those of all others that are current
 * @param key a digest of all else that went into it
 * @param size what its files take
 * @param made empty while it is being made
 * @param clones machines that run and share its memory
 */
public record VmTemplate(
    String name,
    String key,
    ByteSize memory,
    int cpus,
    ByteSize size,
    Optional<Instant> made,
    int clones) {}
