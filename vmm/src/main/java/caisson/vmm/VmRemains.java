package caisson.vmm;

/**
 * Something that a machine left behind.
 *
 * @param kind process, directory, …
 * @param name a path, or a pid with its command
 */
public record VmRemains(String kind, String name) {}
