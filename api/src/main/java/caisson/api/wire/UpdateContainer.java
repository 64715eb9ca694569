package caisson.api.wire;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;

/** The body of {@code POST /containers/ID/update}; what is 0 or not there stays as it is. */
public record UpdateContainer(
    @JsonUnwrapped Resources resources, Optional<RestartPolicy> restartPolicy) {}
