package caisson.oci.runtime;

import java.util.Optional;

/** A device cgroup rule. */
public record DeviceRule(
    boolean allow,
    Optional<String> type,
    Optional<Long> major,
    Optional<Long> minor,
    Optional<String> access) {}
