package caisson.engine;

import caisson.base.ContainerId;
import java.util.OptionalInt;

/**
 * A further process as it is now.
 *
 * @param exitCode empty until it has ended
 * @param pid its number in the guest, 0 until it runs
 */
public record Exec(
    ExecId id,
    ContainerId container,
    ExecRequest request,
    boolean running,
    int pid,
    OptionalInt exitCode) {}
