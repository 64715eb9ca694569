package caisson.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * A bundle's container as it is now (runtime-spec, "State").
 *
 * @param pid of the process on the host that stands for it; 0 once it has stopped
 * @param rootfs the host's directory that is its root
 */
public record BundleStatus(
    BundleKey key,
    Phase phase,
    long pid,
    Path bundle,
    Path rootfs,
    Instant created,
    Map<String, String> annotations) {
  /** Where in its life it is. */
  public enum Phase {
    /** Its machine runs, and its process waits to be started. */
    CREATED,
    RUNNING,
    PAUSED,
    STOPPED;

    /** The spec's word. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
