package caisson.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * A process of a container as its guest counts it.
 *
 * @param pid in the guest
 * @param parent in the guest
 * @param state as ps(1) shows it: R, S, D, Z, T
 * @param terminal {@code pts/0}, or {@code ?} without one
 * @param virtualBytes of its address space
 * @param residentBytes of it in memory
 * @param command with its arguments
 */
public record GuestTask(
    int pid,
    int parent,
    long uid,
    String state,
    String terminal,
    Instant started,
    Duration cpu,
    long virtualBytes,
    long residentBytes,
    String name,
    String command) {}
