package caisson.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A mount of a container as {@code inspect} shows it.
 *
 * @param type bind, volume or tmpfs
 * @param name of a volume
 * @param source a path of the host
 * @param driver of a volume
 * @param mode as it was asked for
 */
public record MountPoint(
    String type,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> name,
    String source,
    String destination,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> driver,
    String mode,
    @JsonProperty("RW") boolean writable,
    String propagation) {}
