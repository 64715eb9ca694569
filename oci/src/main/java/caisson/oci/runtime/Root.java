package caisson.oci.runtime;

/** The root file system: a directory of the bundle. */
public record Root(String path, boolean readonly) {}
