package caisson.engine;

import caisson.oci.runtime.Spec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a front end asks for when it creates a container.
 *
 * @param name the container's name without a slash; the engine invents one when empty
 * @param spec the OCI runtime spec; a mount may be of a volume, see {@link VolumeMount}; {@code
 *     process.user.username} may hold a user as Docker writes it (name or number, optionally a
 *     colon and a group), resolved in the guest from the image's own files
 * @param openStdin whether the process gets a standard input that stays open
 * @param stdinOnce whether that input ends when the first attached client closes its side
 * @param stopGrace how long a stop waits before it kills
 * @param autoRemove whether the container is removed when it exits, with its anonymous volumes
 * @param restart what happens when it has ended; {@link RestartPolicy#NEVER} with autoRemove
 * @param frontEnd the front end's own document about the container, kept and given back verbatim
 */
public record ContainerRequest(
    Optional<String> name,
    Spec spec,
    SandboxOptions sandbox,
    boolean openStdin,
    boolean stdinOnce,
    Signal stopSignal,
    Duration stopGrace,
    boolean autoRemove,
    RestartPolicy restart,
    Optional<HealthCheck> health,
    LogLimits logLimits,
    Map<String, String> labels,
    String frontEnd) {
  public ContainerRequest {
    labels = Map.copyOf(labels);
  }

  /** Whether it has files among its mounts that outlive it: the host's, or volumes. */
  public boolean sharesFiles() {
    return spec.mounts().stream()
        .anyMatch(mount -> mount.isBind() || VolumeMount.of(mount).isPresent());
  }

  /** The same after an update. */
  public ContainerRequest updated(ContainerUpdate update) {
    return new ContainerRequest(
        name,
        update.resources().map(spec::withResources).orElse(spec),
        sandbox,
        openStdin,
        stdinOnce,
        stopSignal,
        stopGrace,
        autoRemove,
        update.restart().orElse(restart),
        health,
        logLimits,
        labels,
        update.frontEnd());
  }
}
