package caisson.engine;

import caisson.oci.runtime.Hooks;
import caisson.oci.runtime.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * A bundle's container as it is now (runtime-spec, "State").
 *
 * @param pid of the process on the host that stands for it; 0 once it has stopped
 * @param machine the process id of its virtual machine; 0 once it has stopped, and where nobody
 *     speaks with it
 * @param rootfs the host's directory that is its root
 * @param hooks programs to be run around its life, of which only those in the guest are run here
 */
public record BundleStatus(
    BundleKey key,
    Phase phase,
    long pid,
    long machine,
    Path bundle,
    Path rootfs,
    Instant created,
    Map<String, String> annotations,
    Hooks hooks) {
  /** The spec's document, with {@code status} for what it is at that moment. */
  public State state(String status) {
    return new State(State.VERSION, key.id(), status, pid, bundle.toString(), annotations);
  }

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
