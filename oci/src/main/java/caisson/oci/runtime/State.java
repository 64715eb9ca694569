package caisson.oci.runtime;

import java.util.Map;

/**
 * A container's state (runtime.md, "State").
 *
 * @param status creating, created, running or stopped
 * @param pid of the process on the host that stands for it; 0 once it has stopped
 */
public record State(
    String ociVersion,
    String id,
    String status,
    long pid,
    String bundle,
    Map<String, String> annotations) {
  /** The version of the spec that is spoken. */
  public static final String VERSION = "1.0.2";
}
