package caisson.engine;

import caisson.oci.runtime.Spec;
import java.nio.file.Path;

/**
 * What an OCI engine asks for when it creates a container.
 *
 * @param bundle the directory that the spec's relative paths start from
 * @param monitor the process on the host that stands for the container; it is in the network
 *     namespace that the container is to have, and the container ends with it
 */
public record BundleRequest(Path bundle, Spec spec, long monitor) {}
