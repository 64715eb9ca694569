package caisson.oci.runtime;

/** The largest number of tasks; 0 or less is unlimited. */
public record PidsLimit(long limit) {}
