package caisson.engine;

import caisson.oci.runtime.ProcessSpec;

/**
 * What a further process is.
 *
 * @param process the process in the OCI spec's terms; see {@link ContainerRequest} for its user
 * @param frontEnd the front end's own document about it, given back verbatim
 */
public record ExecRequest(ProcessSpec process, boolean openStdin, String frontEnd) {}
