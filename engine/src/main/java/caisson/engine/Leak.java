package caisson.engine;

/**
 * Something on the host that belongs to no container.
 *
 * @param kind process, directory, disk, tap, mount, …
 * @param name what it is: a path, a pid with its command, an interface
 */
public record Leak(String kind, String name) {}
