package caisson.api.wire;

/**
 * A line in the answer of {@code GET /system/leaks}, which is Caisson's own: something on the host
 * that belongs to no container.
 *
 * @param kind process, directory, tap, …
 * @param name a path, or a pid with its command
 */
public record LeakedResource(String kind, String name) {}
