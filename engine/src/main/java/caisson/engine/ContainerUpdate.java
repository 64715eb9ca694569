package caisson.engine;

import caisson.oci.runtime.Resources;
import java.util.Optional;

/**
 * What is to be changed about a container.
 *
 * @param resources all its limits as they are to be; empty leaves them
 * @param restart empty leaves it
 * @param frontEnd the front end's own document about the container as it is then
 */
public record ContainerUpdate(
    Optional<Resources> resources, Optional<RestartPolicy> restart, String frontEnd) {}
