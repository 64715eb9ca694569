package caisson.engine;

import java.util.Optional;

/**
 * Which streams a client joins.
 *
 * @param replay whether output that is already in the log comes first
 * @param size the client's terminal, where it has one
 */
public record AttachOptions(
    boolean stdin, boolean stdout, boolean stderr, boolean replay, Optional<TerminalSize> size) {}
