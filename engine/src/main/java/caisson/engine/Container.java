package caisson.engine;

import caisson.base.ContainerId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A container as it is now.
 *
 * @param name without a slash
 * @param health empty unless it runs and has health checks
 * @param restartCount how often its policy has started it again since somebody started it
 * @param logPath the newest log file
 * @param endpoint how it is reached while it runs
 */
public record Container(
    ContainerId id,
    String name,
    Instant created,
    ContainerRequest request,
    ContainerState state,
    Optional<Health> health,
    int restartCount,
    Path logPath,
    NetworkEndpoint endpoint) {}
