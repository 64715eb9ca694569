package caisson.oci.runtime;

/** A range of ids in a user namespace. */
public record IdMapping(long containerID, long hostID, long size) {}
