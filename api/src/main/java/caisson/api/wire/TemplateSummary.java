package caisson.api.wire;

/**
 * A line in the answer of {@code GET /system/templates}, which is Caisson's own: a booted machine
 * that containers' machines are clones of.
 *
 * @param key a digest of what went into it besides its shape
 * @param memory a clone's, in bytes
 * @param size what its files take, in bytes
 * @param created in seconds since 1970; 0 while it is being made
 * @param clones machines that run and share its memory
 */
public record TemplateSummary(
    String name, String key, long memory, int cpus, long size, long created, int clones) {}
