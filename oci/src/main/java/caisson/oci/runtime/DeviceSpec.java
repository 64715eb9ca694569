package caisson.oci.runtime;

import java.util.Optional;

/** A device node; {@code type} is one of c, b, u, p. */
public record DeviceSpec(
    String type,
    String path,
    Optional<Long> major,
    Optional<Long> minor,
    Optional<Integer> fileMode,
    Optional<Long> uid,
    Optional<Long> gid) {}
