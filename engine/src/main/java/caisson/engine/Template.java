package caisson.engine;

import caisson.base.ByteSize;
import java.time.Instant;
import java.util.Optional;

/**
 * A booted machine that containers' machines are clones of.
 *
 * @param name of its shape
 * @param key a digest of all else that went into it: QEMU, guest kernel, agent, host
 * @param memory a clone's; what the template takes is {@code size}
 * @param made empty while it is being made
 * @param clones machines that run and share its memory
 */
public record Template(
    String name,
    String key,
    ByteSize memory,
    int cpus,
    ByteSize size,
    Optional<Instant> made,
    int clones) {}
