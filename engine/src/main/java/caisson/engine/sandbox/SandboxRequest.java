package caisson.engine.sandbox;

import caisson.base.ContainerId;
import caisson.engine.ContainerRequest;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a container needs of its virtual machine.
 *
 * @param directory the container's own directory, for its writable disk and its console's last
 *     words
 * @param volumes where the volumes are that the spec mounts, by name
 * @param stdoutBase the log's length of standard output when this run began
 * @param stderrBase the same for standard error
 * @param stdoutWritten the log's length of standard output now
 * @param stderrWritten the same for standard error
 */
public record SandboxRequest(
    ContainerId id,
    ContainerRequest container,
    Path directory,
    Map<String, VolumePlace> volumes,
    long stdoutBase,
    long stderrBase,
    long stdoutWritten,
    long stderrWritten) {}
