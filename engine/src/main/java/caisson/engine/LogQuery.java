package caisson.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which log entries to read.
 *
 * @param tail only the last so many
 * @param follow whether to wait for more until the container stops
 */
public record LogQuery(
    boolean stdout,
    boolean stderr,
    OptionalInt tail,
    Optional<Instant> since,
    Optional<Instant> until,
    boolean follow) {}
