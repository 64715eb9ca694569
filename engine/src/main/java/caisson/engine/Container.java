package caisson.engine;

import caisson.base.ContainerId;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A container as it is now.
 *
 * @param name without a slash
 * @param logPath the newest log file
 */
public record Container(
    ContainerId id,
    String name,
    Instant created,
    ContainerRequest request,
    ContainerState state,
    int restartCount,
    Path logPath) {}
