package caisson.api.wire;

/**
 * A container's standard streams.
 *
 * @param openStdin whether standard input stays open while nobody is attached
 * @param stdinOnce whether it ends when the first attached client ends it
 */
public record StreamConfig(
    boolean attachStdin,
    boolean attachStdout,
    boolean attachStderr,
    boolean tty,
    boolean openStdin,
    boolean stdinOnce) {}
