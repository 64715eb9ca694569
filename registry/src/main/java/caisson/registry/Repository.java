package caisson.registry;

/**
 * Where an image's versions are.
 *
 * @param domain the registry, {@value RegistryHost#HUB} for Docker Hub
 * @param path in it, such as {@code library/busybox}
 * @param familiar as people write it, for messages
 */
public record Repository(String domain, String path, String familiar) {}
