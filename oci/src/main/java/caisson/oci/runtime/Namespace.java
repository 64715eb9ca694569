package caisson.oci.runtime;

import java.util.Optional;

/** A namespace to make, or, with a path, to join. */
public record Namespace(String type, Optional<String> path) {}
