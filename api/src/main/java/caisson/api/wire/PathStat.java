package caisson.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What is at a path of a container, in a header.
 *
 * @param name the last part of the path
 * @param size bytes
 * @param mode permissions in the lower nine bits, and Go's bits for all else (os.FileMode)
 * @param linkTarget what a symbolic link holds
 */
public record PathStat(
    @JsonProperty("name") String name,
    @JsonProperty("size") long size,
    @JsonProperty("mode") long mode,
    @JsonProperty("mtime") Instant mtime,
    @JsonProperty("linkTarget") String linkTarget) {}
