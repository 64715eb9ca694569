package caisson.api.docker;

import caisson.base.ByteSize;
import java.nio.file.Path;

/**
 * What the daemon knows of the machine it runs on, and of itself.
 *
 * @param id of this installation; stays while its root does
 * @param name the host's
 * @param version the daemon's
 * @param kernel the host's kernel release
 * @param operatingSystem the distribution, for people
 * @param architecture as uname(2) says it
 * @param root where images and containers are
 */
public record Host(
    String id,
    String name,
    String version,
    String kernel,
    String operatingSystem,
    String architecture,
    int cpus,
    ByteSize memory,
    Path root) {}
